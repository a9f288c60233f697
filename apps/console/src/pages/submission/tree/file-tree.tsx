import { ChevronDown, ChevronRight, File, FileX, FolderClosed, FolderOpen } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { InertText } from '../../../components/inert-text.tsx'
import type { FileChange, ShownFile } from './list-files.ts'
import { type TreeNode, treeNodes } from './tree-nodes.ts'

const changeMarks: Readonly<Record<FileChange['change'], [letter: string, word: string]>> = {
  added: ['A', 'added'],
  removed: ['D', 'removed'],
  modified: ['M', 'modified'],
  renamed: ['R', 'renamed'],
}

/** The files as a tree, for arrow keys and for the pointer. */
export function FileTree(props: {
  files: readonly ShownFile[]
  current: string | undefined
  onOpen: (path: string) => void
}) {
  const { files, current, onOpen } = props
  const [only, setOnly] = useState<'all' | 'changed' | 'found'>('all')
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [focused, setFocused] = useState<string>()
  const list = useRef<HTMLDivElement>(null)
  const kept = useMemo(() => files.filter((file) => isKept(file, only)), [files, only])
  const nodes = useMemo(() => treeNodes(kept, closed), [kept, closed])
  const reachable = nodes.find(({ path }) => path === (focused ?? current)) ?? nodes[0]

  const toggle = (path: string) => {
    const next = new Set(closed)
    if (!next.delete(path)) next.add(path)
    setClosed(next)
  }
  const focus = (path: string | undefined) => {
    if (!path) return
    setFocused(path)
    list.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`)?.focus()
  }
  const act = (node: TreeNode) => (node.file ? onOpen(node.path) : toggle(node.path))
  const press = (event: KeyboardEvent, node: TreeNode) => {
    const goal = goalOf(event.key, node, nodes, closed)
    if (goal === undefined) return
    event.preventDefault()
    if (goal === 'act') act(node)
    else if (goal === 'toggle') toggle(node.path)
    else focus(goal)
  }
  return (
    <>
      <header className="panel-head">
        <select
          className="select small"
          aria-label="Which files"
          value={only}
          onChange={(event) => setOnly(event.target.value as typeof only)}
        >
          <option value="all">All files ({files.length})</option>
          <option value="changed">Changed</option>
          <option value="found">With findings</option>
        </select>
      </header>
      <div className="tree" role="tree" aria-label="Files" ref={list}>
        {nodes.map((node) => (
          <TreeLine
            key={node.path}
            node={node}
            isOpen={!closed.has(node.path)}
            isCurrent={node.path === current}
            isReachable={node === reachable}
            onAct={() => {
              setFocused(node.path)
              act(node)
            }}
            onPress={(event) => press(event, node)}
          />
        ))}
      </div>
    </>
  )
}

function isKept({ change, findingCount }: ShownFile, only: string): boolean {
  if (only === 'changed') return change !== undefined
  return only === 'all' || findingCount > 0
}

/** What a key does on a line of the tree: go to another, open or close it, or act on it. */
function goalOf(
  key: string,
  node: TreeNode,
  nodes: readonly TreeNode[],
  closed: ReadonlySet<string>,
): string | undefined {
  const at = nodes.indexOf(node)
  const isOpenFolder = !node.file && !closed.has(node.path)
  const parent = node.path.slice(0, Math.max(0, node.path.lastIndexOf('/')))
  const goals: Record<string, string | undefined> = {
    ArrowDown: nodes[at + 1]?.path ?? node.path,
    ArrowUp: nodes[at - 1]?.path ?? node.path,
    Home: nodes[0]?.path,
    End: nodes.at(-1)?.path,
    Enter: 'act',
    ' ': 'act',
    ArrowRight: isOpenFolder ? nodes[at + 1]?.path : node.file ? undefined : 'toggle',
    ArrowLeft: isOpenFolder ? 'toggle' : parent || undefined,
  }
  return goals[key]
}

function TreeLine(props: {
  node: TreeNode
  isOpen: boolean
  isCurrent: boolean
  isReachable: boolean
  onAct: () => void
  onPress: (event: KeyboardEvent) => void
}) {
  const { node, isOpen, isCurrent, isReachable, onAct, onPress } = props
  const { path, name, level, file } = node
  return (
    <div
      role="treeitem"
      className="tree-line"
      aria-level={level}
      aria-selected={isCurrent}
      aria-expanded={file ? undefined : isOpen}
      tabIndex={isReachable ? 0 : -1}
      data-path={path}
      style={{ paddingLeft: `${(level - 1) * 0.875 + 0.5}rem` }}
      onClick={onAct}
      onKeyDown={onPress}
    >
      <TreeIcon file={file} isOpen={isOpen} />
      <span className="ellipsis grow" title={path}>
        <InertText text={name} />
      </span>
      {file?.change && <ChangeMark change={file.change.change} />}
      {file !== undefined && file.findingCount > 0 && (
        <span className="tree-count num">
          {file.findingCount}
          <span className="unseen"> findings</span>
        </span>
      )}
    </div>
  )
}

function TreeIcon({ file, isOpen }: { file: ShownFile | undefined; isOpen: boolean }) {
  if (file) {
    const Icon = file.entry ? File : FileX
    return <Icon size={14} aria-hidden className="tree-file" />
  }
  const [Chevron, Folder] = isOpen ? [ChevronDown, FolderOpen] : [ChevronRight, FolderClosed]
  return (
    <>
      <Chevron size={12} aria-hidden />
      <Folder size={14} aria-hidden />
    </>
  )
}

function ChangeMark({ change }: { change: FileChange['change'] }) {
  const [letter, word] = changeMarks[change]
  return (
    <span className="change" data-change={change} title={word}>
      <span aria-hidden>{letter}</span>
      <span className="unseen">{word}</span>
    </span>
  )
}
