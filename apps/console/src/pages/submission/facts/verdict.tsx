import type { ReviewView, SubmissionView } from '@countersign/sdk'
import type { ReactNode } from 'react'
import { CheckMark, checkWords } from '../../../components/check-results.tsx'
import { InertText } from '../../../components/inert-text.tsx'
import { Note } from '../../../components/note.tsx'
import { formatCount, formatUsd, plural } from '../../../wording/numbers.ts'
import { holdWords } from '../../../wording/status-words.ts'

/** How the verdict came about: the checks, the model with what it read and cost, and a person. */
export function Verdict({ submission }: { submission: SubmissionView }) {
  const { checks, review, hold_reason: hold, override } = submission
  return (
    <div className="stack panel-body">
      {hold && <Note tone="amber" title={`Held: ${holdWords[hold]}`} />}
      <section>
        <h3>1. Checks</h3>
        <ul className="steps">
          {Object.entries(checks).map(([name, { status, findings }]) => (
            <li key={name}>
              <CheckMark status={status} />
              {checkWords[name as keyof typeof checks]}
              <span className="small quiet end">{plural(findings.length, 'finding')}</span>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3>2. Reviewer model</h3>
        {review ? <Review review={review} /> : <p className="quiet">It was not asked.</p>}
      </section>
      {override && (
        <section>
          <h3>3. Override</h3>
          <p className="said">
            “<InertText text={override.reason} />”
          </p>
        </section>
      )}
    </div>
  )
}

function Review({ review }: { review: ReviewView }) {
  return (
    <div className="stack">
      {review.error && (
        <Note tone="red" title="It gave no verdict">
          <InertText text={review.error} />
        </Note>
      )}
      {review.summary && (
        <p>
          <InertText text={review.summary} />
        </p>
      )}
      <dl className="facts">
        {factsOf(review).map(([term, value]) => (
          <div key={term} className="fact">
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Unread review={review} />
      <Quality review={review} />
    </div>
  )
}

function factsOf({ coverage, usage, ...review }: ReviewView): [string, ReactNode][] {
  const { bytes, covered } = coverage
  const read =
    bytes === 0 ? 'nothing' : `${formatShare(covered / bytes)} of ${formatCount(bytes)} bytes`
  const facts: [string, ReactNode][] = [
    ['Risk', review.risk_level ?? 'none given'],
    ['Read', read],
    ['Cost', formatUsd(usage.cost_usd)],
    [
      'Tokens',
      `${formatCount(usage.input_tokens)} in, ${formatCount(usage.output_tokens)} out, ${formatCount(usage.cache_read_tokens)} from cache`,
    ],
    ['Attempts', review.attempts],
    ['Model', review.model ?? 'none'],
    ['Policy', <code key="policy">{review.policy_version}</code>],
  ]
  if (review.reused_from) {
    facts.push(['Reused', 'The same bytes had this verdict before; the model was not asked again.'])
  }
  return facts
}

/** A hundred per cent is said only of all of it. */
function formatShare(share: number): string {
  return share >= 1 ? '100 %' : `${Math.min(99.9, share * 100).toFixed(1)} %`
}

function Unread({ review }: { review: ReviewView }) {
  const unread = review.coverage.files.filter(({ bytes, covered }) => covered < bytes)
  if (unread.length === 0) return null
  return (
    <Note tone="amber" title={`Not read in full: ${plural(unread.length, 'file')}`}>
      <ul>
        {unread.slice(0, 20).map(({ path, bytes, covered }) => (
          <li key={path}>
            <code>
              <InertText text={path} />
            </code>{' '}
            {formatCount(covered)} of {formatCount(bytes)} bytes
          </li>
        ))}
      </ul>
    </Note>
  )
}

function Quality({ review: { content_quality: quality } }: { review: ReviewView }) {
  if (!quality || quality.issues.length === 0) return null
  return (
    <div>
      <h4>Quality of the content: {quality.verdict === 'pass' ? 'good enough' : 'not enough'}</h4>
      <ul className="list">
        {quality.issues.map(({ file, field, issue, hint }) => (
          <li key={`${file} ${field} ${issue}`}>
            <code>
              <InertText text={[file, field].filter(Boolean).join(' · ')} />
            </code>
            <InertText text={issue} />
            <span className="quiet">
              <InertText text={hint} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
