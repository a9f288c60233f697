import { describeState, type Subject } from '@countersign/console/wording/describe-state'
import { statusNames } from '@countersign/console/wording/status-words'
import { HoldReason, SubmissionStatus } from '@countersign/core/submissions/submission'
import { expect, test } from 'vitest'

const passed = { status: 'pass' as const, findings: [] }
const subject: Subject = {
  status: 'approved',
  hold_reason: null,
  version_no: 2,
  entity_version_no: 1,
  checks: { manifest: passed, static_security: passed, content: passed, quality: passed },
  review: null,
  override: null,
  capability_delta: {},
}

const finding = {
  rule_id: 'EXE-002',
  tier: 'block' as const,
  severity: 'high' as const,
  confidence: 1,
  category: 'execution',
  fingerprint: 'f',
  file: null,
  line: null,
  end_line: null,
  message: '',
  snippet: null,
  fix_hint: null,
  source: 'static' as const,
  suppressed_by: null,
}

test('every status has its word, and no two tell the same', () => {
  expect([...statusNames].sort()).toEqual([...SubmissionStatus.options].sort())
  const told = statusNames.map((status) => describeState({ ...subject, status }))
  expect(new Set(told.map(({ what }) => what)).size).toBe(statusNames.length)
  for (const { word, why, next } of told) {
    expect([word, why, next].every((text) => text.trim().length > 3)).toBe(true)
  }
})

test('every status says who acts next, or that nobody has to', () => {
  for (const status of statusNames) {
    const { next } = describeState({ ...subject, status })
    expect(next).toMatch(/^(Nobody has to|The (submitter|reviewer) acts|An admin)/)
  }
})

test('every reason to hold has a story of its own', () => {
  const status = 'pending_llm' as const
  const whys = HoldReason.options.map(
    (reason) => describeState({ ...subject, status, hold_reason: reason }).why,
  )
  expect(new Set(whys).size).toBe(HoldReason.options.length)
})

test('what installers are served is said wherever it is not the version itself', () => {
  expect(describeState({ ...subject, status: 'rejected' }).next).toContain('served version 1')
  const first = { ...subject, status: 'blocked_inline' as const, entity_version_no: null }
  expect(describeState(first).next).toContain('Nothing is served.')
})

test('whoever submitted it is told that they act next, others who does', () => {
  for (const status of ['blocked_inline', 'blocked_llm', 'rejected'] as const) {
    expect(describeState({ ...subject, status, isMine: true }).next).toMatch(/^You act next/)
    expect(describeState({ ...subject, status }).next).toMatch(/^The submitter acts next/)
  }
})

test('what a later version has overtaken asks nothing of anybody', () => {
  for (const status of ['blocked_inline', 'blocked_llm', 'review_error', 'rejected'] as const) {
    const { next } = describeState({ ...subject, status, entity_version_no: 3, isMine: true })
    expect(next).toBe('Nobody has to do anything. Installers are served version 3.')
  }
})

test('what stopped it is told, not what an admin has suppressed', () => {
  const found = { ...finding, message: 'It pipes a download to a shell.' }
  const covered = { ...finding, message: 'It reads the clock.', suppressed_by: 'somebody' }
  const security = { status: 'fail' as const, findings: [covered, found] }
  const checks = { ...subject.checks, static_security: security }
  const { why } = describeState({ ...subject, status: 'blocked_inline', checks })
  expect(why).toBe('It pipes a download to a shell.')
})

test('of a reason of several lines the first is told', () => {
  const reason = 'It holds a secret.\n- setup.sh:3: a key'
  const { why } = describeState({ ...subject, status: 'rejected', reason })
  expect(why).toBe('The reason given: “It holds a secret. …”')
})
