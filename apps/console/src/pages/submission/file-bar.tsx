import { Columns2, Space } from 'lucide-react'
import type { CodeLook } from '../../code/code-look.ts'
import { InertText } from '../../components/inert-text.tsx'
import { Button } from '../../kit/button.tsx'
import { CopyButton } from '../../kit/copy-button.tsx'
import { Tooltip } from '../../kit/tooltip.tsx'
import { formatBytes } from '../../wording/numbers.ts'
import type { Mode } from './route.ts'
import type { ShownFile } from './tree/list-files.ts'

/** The name of the open file, and how it is shown. */
export function FileBar(props: {
  file: ShownFile
  mode: Mode
  look: CodeLook
  base: number | null
  onMode: (mode: Mode) => void
  /** Absent where there is no room for two columns. */
  onSplit: (() => void) | undefined
  onSpaces: () => void
}) {
  const { file, mode, look, base, onMode, onSplit, onSpaces } = props
  const { path, entry, change } = file
  const nameAt = path.lastIndexOf('/') + 1
  return (
    <header className="panel-head file-bar">
      <h2 className="mono" title={path}>
        <span className="ellipsis">
          <InertText text={path.slice(0, nameAt)} />
        </span>
        <span className="ellipsis">
          <InertText text={path.slice(nameAt)} />
        </span>
      </h2>
      <CopyButton text={path} label="Copy the path" />
      <span className="small quiet nowrap">
        {entry && formatBytes(entry.size)}
        {entry?.executable && ' · executable'}
        {change?.from_path && (
          <>
            {' '}
            · was <InertText text={change.from_path} />
          </>
        )}
      </span>
      <span className="file-modes">
        {change && entry && (
          <Button size="s" aria-pressed={mode === 'changes'} onClick={() => onMode('changes')}>
            Changes to v{base}
          </Button>
        )}
        {entry && (
          <>
            <Button size="s" aria-pressed={mode === 'file'} onClick={() => onMode('file')}>
              File
            </Button>
            <Button size="s" aria-pressed={mode === 'hex'} onClick={() => onMode('hex')}>
              Hex
            </Button>
          </>
        )}
        {mode === 'changes' && onSplit && (
          <Tooltip text="Side by side">
            <Button size="s" icon={Columns2} iconOnly aria-pressed={look.isSplit} onClick={onSplit}>
              Side by side
            </Button>
          </Tooltip>
        )}
        <Tooltip text="Spaces and tabs">
          <Button size="s" icon={Space} iconOnly aria-pressed={look.showsSpaces} onClick={onSpaces}>
            Spaces and tabs
          </Button>
        </Tooltip>
      </span>
    </header>
  )
}
