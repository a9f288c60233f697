import type { FindingView } from '@countersign/sdk'
import { InertText } from '../components/inert-text.tsx'
import { SeverityMark } from '../components/severity-mark.tsx'
import { KnownMark } from '../pages/submission/facts/known-mark.tsx'
import { FindingActions } from '../suppress/finding-actions.tsx'

const tiers: Readonly<Record<FindingView['tier'], string>> = {
  block: 'stops the bundle',
  human: 'asks for a person',
  annotate: 'to be known',
}

/** A finding as it stands below its line: how bad, which rule, what, and what to do about it. */
export function FindingCard({ finding }: { finding: FindingView }) {
  const { rule_id: rule, severity, tier, message, fix_hint: hint, source, confidence } = finding
  return (
    <div className="finding" data-severity={severity}>
      <p className="row">
        <SeverityMark severity={severity} />
        <code>{rule}</code>
        <span className="small quiet">
          {source === 'llm' ? 'model' : 'static check'} · {tiers[tier]}
          {confidence < 1 && ` · ${Math.round(confidence * 100)} % sure`}
        </span>
        <KnownMark finding={finding} />
      </p>
      <p>
        <InertText text={message} />
      </p>
      {hint && (
        <p className="quiet">
          To fix it: <InertText text={hint} />
        </p>
      )}
      <FindingActions finding={finding} />
    </div>
  )
}
