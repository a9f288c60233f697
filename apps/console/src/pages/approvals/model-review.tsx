import type { ApprovalView } from '@countersign/sdk'
import { InertText } from '../../components/inert-text.tsx'
import { Mark } from '../../components/mark.tsx'
import type { Tone } from '../../wording/status-words.ts'

type Review = NonNullable<ApprovalView['review']>

const outcomes: Readonly<Record<Review['outcome'], { word: string; tone: Tone }>> = {
  allow: { word: 'Would allow', tone: 'green' },
  deny: { word: 'Would deny', tone: 'red' },
  escalate: { word: 'Leaves it to a person', tone: 'violet' },
}

/** What the reviewer model made of a request, before a person was asked. */
export function ModelReview({ review }: { review: Review }) {
  const { word, tone } = outcomes[review.outcome]
  const { assessment } = review
  return (
    <section className="panel">
      <h2 className="panel-head">
        The reviewer model <Mark tone={tone}>{word}</Mark>
        {assessment?.injection_suspected && <Mark tone="red">Suspects an injection</Mark>}
      </h2>
      <div className="panel-body stack">
        {review.failure && <p>It gave no assessment: {review.failure}</p>}
        {assessment && (
          <>
            <p>
              <InertText text={assessment.rationale} />
            </p>
            <dl className="facts">
              <dt>Risk</dt>
              <dd>{assessment.risk}</dd>
              <dt>Authorised by the task</dt>
              <dd>{assessment.authorization}</dd>
              <dt>Can be undone</dt>
              <dd>{assessment.reversible ? 'yes' : 'no'}</dd>
              {review.model && (
                <>
                  <dt>Model</dt>
                  <dd className="mono">{review.model}</dd>
                </>
              )}
            </dl>
          </>
        )}
      </div>
    </section>
  )
}
