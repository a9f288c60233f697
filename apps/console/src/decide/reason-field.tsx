import type { FindingView } from '@countersign/sdk'
import { Select, TextArea } from '../kit/field.tsx'
import type { Decision } from './decisions.ts'
import {
  draftReason,
  type GivenReason,
  type ReasonCode,
  type Reasoned,
  reasonOptions,
} from './reasons.ts'

export const noReason: GivenReason = { text: '', code: undefined }

/** Whether what was given is enough for a decision. */
export function isReasonReady({ text: wanted }: Decision, { text }: GivenReason): boolean {
  return wanted !== 'needed' || text.trim().length >= reasonMin
}

const reasonMin = 4
const hints = {
  needed: `At least ${reasonMin} characters.`,
  possible: 'If there is something to say.',
}

/**
 * Why one decides: a kind of reason, which brings its own words, and the words, which can be changed.
 * What somebody has written themselves is never written over.
 */
export function ReasonField(props: {
  decision: Decision
  /** What was found in what it is about: places that the words point at. */
  findings?: readonly FindingView[]
  hint?: string
  given: GivenReason
  onGive: (given: GivenReason) => void
}) {
  const { decision, findings = [], hint, given, onGive } = props
  const { key, text: wanted, prompt } = decision
  if (wanted === 'none') return null
  const draft = (code: ReasonCode | undefined) =>
    code && isReasoned(key) ? draftReason(key, code, findings) : ''
  const choose = (code: ReasonCode | undefined) => {
    const isOwn = given.text.trim() !== '' && given.text !== draft(given.code)
    onGive({ code, text: isOwn ? given.text : draft(code) })
  }
  return (
    <>
      {isReasoned(key) && (
        <Select
          label="Why"
          value={given.code ?? ''}
          options={[['', 'In your own words'], ...reasonOptions(key)]}
          onChange={({ target }) => choose((target.value || undefined) as ReasonCode | undefined)}
        />
      )}
      <TextArea
        label={prompt}
        hint={hint ?? hints[wanted]}
        rows={given.text.includes('\n') ? 6 : undefined}
        value={given.text}
        onChange={({ target }) => onGive({ ...given, text: target.value })}
      />
    </>
  )
}

function isReasoned(key: Decision['key']): key is Reasoned {
  return key === 'override' || key === 'reject'
}
