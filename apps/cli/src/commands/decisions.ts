import { DecisionReason } from '@countersign/core/submissions/decisions/decision-reason'
import type { Client } from '@countersign/sdk'
import { askService } from '../ask-service.ts'
import {
  type Command,
  findText,
  type Invocation,
  requireOne,
  requireText,
  UsageError,
} from '../command.ts'
import { describeSubmission } from '../describe-submission.ts'

type Admin = Client['admin']
type Decided = Awaited<ReturnType<Admin['approve']>>

/** A decision on one submission. `--if-match REVISION` makes it one on what was seen. */
function decision(
  verb: string,
  {
    usage = '',
    summary,
    options = {},
  }: { usage?: string; summary: string; options?: Command['options'] },
  decide: (admin: Admin, id: string, invocation: Invocation, ifMatch?: string) => Promise<Decided>,
): Command {
  return {
    usage: `admin ${verb} SUBMISSION ${usage}[--if-match REVISION]`,
    summary,
    options: { ...options, 'if-match': { type: 'string' } },
    run: askService(async ({ admin }, invocation) => {
      const id = requireOne(invocation, 'submission')
      const revision = findText(invocation, 'if-match')
      return decide(admin, id, invocation, revision && `"${revision}"`)
    }, describeSubmission),
  }
}

const reason = {
  usage: '--reason TEXT | --code CODE ',
  options: { reason: { type: 'string' }, code: { type: 'string' } },
} as const

/** A reason in the admin's own words, or by the code that stands for one. */
function readReason(invocation: Invocation) {
  const code = findText(invocation, 'code')
  if (code === undefined) return requireText(invocation, 'reason')
  const known = DecisionReason.safeParse(code)
  if (known.success) return { reason_code: known.data, reason: findText(invocation, 'reason') }
  throw new UsageError(`--code is one of ${DecisionReason.options.join(', ')}.`)
}

export const adminOverride = decision(
  'override',
  { summary: 'Publish a version against its verdict.', ...reason },
  (admin, id, invocation, ifMatch) => admin.override(id, readReason(invocation), ifMatch),
)

export const adminApprove = decision(
  'approve',
  {
    usage: '[--comment TEXT] ',
    summary: 'Approve what waits for a person.',
    options: { comment: { type: 'string' } },
  },
  (admin, id, invocation, ifMatch) => admin.approve(id, findText(invocation, 'comment'), ifMatch),
)

export const adminReject = decision(
  'reject',
  { summary: 'Refuse a submission.', ...reason },
  (admin, id, invocation, ifMatch) => admin.reject(id, readReason(invocation), ifMatch),
)

export const adminRescan = decision(
  'rescan',
  {
    usage: '[--hide-on-fail] ',
    summary: 'Put a decided version through the checks and the review of today.',
    options: { 'hide-on-fail': { type: 'boolean', default: false } },
  },
  (admin, id, { values }, ifMatch) =>
    admin.rescan(id, { hide_on_fail: values['hide-on-fail'] === true }, ifMatch),
)
