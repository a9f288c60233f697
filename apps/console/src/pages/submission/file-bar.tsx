import { InertText } from '../../components/inert-text.tsx'
import { Button } from '../../kit/button.tsx'
import { CopyButton } from '../../kit/copy-button.tsx'
import { formatBytes } from '../../wording/numbers.ts'
import type { ShownFile } from './tree/list-files.ts'

/** The name of the open file, and how it is shown. */
export function FileBar(props: {
  file: ShownFile
  mode: 'file' | 'changes'
  base: number | null
  spaces: boolean
  onMode: (mode: 'file' | 'changes') => void
  onSpaces: () => void
}) {
  const { file, mode, base, spaces, onMode, onSpaces } = props
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
        {change?.from_path && ` · was ${change.from_path}`}
      </span>
      <span className="file-modes">
        {change && entry && (
          <>
            <Button size="s" aria-pressed={mode === 'changes'} onClick={() => onMode('changes')}>
              Changes to v{base}
            </Button>
            <Button size="s" aria-pressed={mode === 'file'} onClick={() => onMode('file')}>
              Whole file
            </Button>
          </>
        )}
        <Button size="s" aria-pressed={spaces} onClick={onSpaces}>
          Spaces
        </Button>
      </span>
    </header>
  )
}
