import { Note } from '../../components/note.tsx'
import { CopyButton } from '../../kit/copy-button.tsx'

/** A secret that is shown this once. */
export function SecretNote({ title, secret }: { title: string; secret: string }) {
  return (
    <Note tone="green" isNews title={title} action={<CopyButton text={secret} label="Copy it" />}>
      <code className="secret">{secret}</code>
      <p>It is not shown again.</p>
    </Note>
  )
}
