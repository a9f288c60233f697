import { type ChecksView, CountersignError, type RehearsalView } from '@countersign/sdk'
import { Link } from '@tanstack/react-router'
import { CheckResults } from '../../components/check-results.tsx'
import { Note } from '../../components/note.tsx'

/** Why a bundle was refused, in the words of the service, with what every check found. */
export function Refusal({ error }: { error: Error }) {
  const problem = error instanceof CountersignError ? error.problem : undefined
  const { checks, submission_id: id } = problem ?? { checks: undefined, submission_id: undefined }
  return (
    <>
      <Note tone="red" isNews title={error.message}>
        {typeof id === 'string' && (
          <>
            It is kept, and nobody is served it.{' '}
            <Link to="/submissions/$id" params={{ id }}>
              Look at it line by line
            </Link>
            , fix what was found, and send it again.
          </>
        )}
      </Note>
      {checks !== undefined && <Found checks={checks as ChecksView} />}
    </>
  )
}

function Found({ checks }: { checks: ChecksView }) {
  return (
    <section className="stack" aria-labelledby="found">
      <h2 id="found">What the checks found</h2>
      <CheckResults checks={checks} />
    </section>
  )
}

const words = {
  approve: { tone: 'green', title: 'It would be approved at once.' },
  hold: { tone: 'blue', title: 'The checks would let it through, to the review.' },
  block: { tone: 'red', title: 'The checks would block it.' },
} as const

/** What would become of a bundle. Nothing was stored. */
export function RehearsalNote({ rehearsal }: { rehearsal: RehearsalView }) {
  const { tone, title } = words[rehearsal.would]
  return (
    <>
      <Note tone={tone} isNews title={title}>
        Nothing was stored, and nothing counts against you.
      </Note>
      <Found checks={rehearsal.checks} />
    </>
  )
}
