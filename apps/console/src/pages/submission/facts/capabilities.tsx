import type { SubmissionView } from '@countersign/sdk'
import { InertText } from '../../../components/inert-text.tsx'
import {
  capabilityLine,
  capabilityNames,
  capabilityWords,
} from '../../../wording/describe-capability.ts'

/** What the version can do, before and after: what it gains and loses, then what stays. */
export function Capabilities({ submission }: { submission: SubmissionView }) {
  const { capabilities, capability_delta: delta, entity_version_no: live } = submission
  const isFirst = live === null
  const used = capabilityNames.filter(
    (name) => capabilities[name].length > 0 || (delta[name]?.removed.length ?? 0) > 0,
  )
  return (
    <div className="stack panel-body">
      <p className="quiet">
        {isFirst
          ? 'Nothing is live yet: everything it can do is new.'
          : 'What it can do, computed from its bytes, against the version that was live.'}
      </p>
      {used.length === 0 && <p>It runs nothing by itself, names no host, and asks for no tool.</p>}
      {used.map((name) => (
        <Capability
          key={name}
          title={capabilityWords[name].title}
          meaning={capabilityWords[name].meaning}
          lines={diffLines(capabilities[name], delta[name])}
        />
      ))}
    </div>
  )
}

interface CapabilityLine {
  text: string
  change: 'added' | 'removed' | undefined
}

type Change = { added: unknown[]; removed: unknown[] } | undefined

function diffLines(now: readonly unknown[], change: Change): CapabilityLine[] {
  const added = new Set((change?.added ?? []).map(capabilityLine))
  const here = now.map(capabilityLine)
  return [
    ...here.filter((text) => added.has(text)).map((text) => ({ text, change: 'added' as const })),
    ...(change?.removed ?? []).map((item) => ({
      text: capabilityLine(item),
      change: 'removed' as const,
    })),
    ...here.filter((text) => !added.has(text)).map((text) => ({ text, change: undefined })),
  ]
}

const words = { added: 'new', removed: 'gone' } as const

function Capability(props: { title: string; meaning: string; lines: readonly CapabilityLine[] }) {
  const { title, meaning, lines } = props
  return (
    <section>
      <h3>{title}</h3>
      <p className="small quiet">{meaning}</p>
      <ul className="capability-lines">
        {lines.map(({ text, change }) => (
          <li key={`${change} ${text}`} data-change={change}>
            <span className="capability-change">{change ? words[change] : 'as before'}</span>
            <code>
              <InertText text={text} />
            </code>
          </li>
        ))}
      </ul>
    </section>
  )
}
