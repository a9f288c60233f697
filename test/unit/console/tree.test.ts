import { listFiles } from '@countersign/console/pages/submission/tree/list-files'
import { treeNodes } from '@countersign/console/pages/submission/tree/tree-nodes'
import { expect, test } from 'vitest'

const entry = (path: string) => ({
  path,
  size: 1,
  sha256: '',
  kind: 'text' as const,
  executable: false,
})
const gone = {
  path: 'b/old.md',
  change: 'removed' as const,
  from_path: null,
  patch: '',
  note: null,
}
const files = listFiles(['a.md', 'b/c/d.md', 'b/e.md'].map(entry), [gone], [])

test('a folder stands before what it holds, once, and a file that is gone is still there', () => {
  const nodes = treeNodes(files, new Set())
  expect(nodes.map(({ path, level }) => `${level} ${path}`)).toEqual([
    '1 a.md',
    '1 b',
    '2 b/c',
    '3 b/c/d.md',
    '2 b/e.md',
    '2 b/old.md',
  ])
  expect(nodes.at(-1)?.file).toMatchObject({ entry: undefined, change: gone })
})

test('what lies in a closed folder is not shown, however deep', () => {
  const nodes = treeNodes(files, new Set(['b']))
  expect(nodes.map(({ path }) => path)).toEqual(['a.md', 'b'])
})
