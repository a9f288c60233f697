import { FileArchive } from 'lucide-react'
import { type DragEvent, useId, useState } from 'react'
import { InertText } from '../../components/inert-text.tsx'
import { formatBytes } from '../../wording/numbers.ts'

export type ChosenFile = File

/** Where a file is chosen, by the keyboard, by a press, or by dropping it. */
export function FileDrop(props: {
  file: ChosenFile | undefined
  onChoose: (file: ChosenFile) => void
}) {
  const { file, onChoose } = props
  const [isOver, setOver] = useState(false)
  const id = useId()
  const take = (files: FileList | null) => {
    const [first] = files ?? []
    if (first) onChoose(first)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    // The pointer may drop here; the keyboard has the field inside.
    <section
      className="drop"
      aria-label="Bundle"
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FileArchive size={28} strokeWidth={1.5} aria-hidden />
      {file ? (
        <p>
          <strong>
            <InertText text={file.name} />
          </strong>{' '}
          <span className="quiet">{formatBytes(file.size)}</span>
        </p>
      ) : (
        <p className="quiet">Drop a .zip here, or a .skill with one SKILL.md.</p>
      )}
      <label htmlFor={id} className="unseen">
        File
      </label>
      <input
        id={id}
        className="input"
        type="file"
        accept=".zip,.skill"
        onChange={(event) => take(event.target.files)}
      />
    </section>
  )
}
