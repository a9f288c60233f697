import type { Client } from '@countersign/sdk'
import { askService } from '../ask-service.ts'
import {
  type Command,
  exitCodes,
  type Invocation,
  requireOne,
  type Terminal,
  UsageError,
} from '../command.ts'
import { connect } from '../connect.ts'
import { describeSubmission } from '../describe-submission.ts'
import { inert, print, table } from '../print.ts'

export const adminQueue: Command = {
  usage: 'admin queue [--status STATUS[,STATUS]] [--held]',
  summary: 'List submissions, with a count of each status.',
  options: { status: { type: 'string' }, held: { type: 'boolean' } },
  run: askService(
    async ({ admin }, { values: { status, held } }) =>
      admin.submissions({
        ...(typeof status === 'string' ? { status: status.split(',') as never } : {}),
        ...(held === true ? { held: true } : {}),
      }),
    (page) => {
      const counts = Object.entries(page.counts).map(([name, count]) => `${name} ${count}`)
      const rows = page.items.map((item) => {
        const why = item.hold_reason ? `${item.status} (${item.hold_reason})` : item.status
        return [item.id, item.name, item.version_no, why, item.submitter.email, item.created_at]
      })
      const head = ['ID', 'NAME', 'VERSION', 'STATUS', 'SUBMITTER', 'SENT']
      return `${counts.join(' · ')}\n\n${table(head, rows)}`
    },
  ),
}

export const adminShow: Command = {
  usage: 'admin show SUBMISSION',
  summary: 'Show a submission with all that a decision needs.',
  options: {},
  run: askService(
    async ({ admin }, invocation) => admin.submission(requireOne(invocation, 'submission')),
    (shown) =>
      [
        `${inert(shown.name)} v${shown.version_no} (${shown.type}), live: ${shown.entity_version_no ?? 'none'}`,
        describeSubmission(shown),
        table(
          ['AT', 'WHO', 'WHAT'],
          shown.timeline.map(({ at, actor, action }) => [at, actor.kind, action]),
        ),
      ].join('\n\n'),
  ),
}

export const adminRetry: Command = {
  usage: 'admin retry SUBMISSION | admin retry --held',
  summary: 'Ask the model anew about one submission, or about all that are held or failed.',
  options: { held: { type: 'boolean', default: false } },

  async run(invocation, terminal) {
    const { admin } = await connect(invocation, terminal)
    if (invocation.values.held === true) return retryHeld(admin, invocation, terminal)
    const retried = await admin.retry(requireOne(invocation, 'submission'))
    print(terminal, invocation, retried, () => describeSubmission(retried))
    return exitCodes.good
  },
}

async function retryHeld(admin: Client['admin'], invocation: Invocation, terminal: Terminal) {
  if (invocation.positionals.length > 0) throw new UsageError('--held takes no submission.')
  const outcome = await admin.retryAll({ status: ['pending_llm', 'review_error'] })
  print(terminal, invocation, outcome, () => {
    const skipped = outcome.skipped.map(({ id, reason }) => `  skipped ${id}: ${reason}`)
    return [`${outcome.queued.length} queued, ${skipped.length} skipped`, ...skipped].join('\n')
  })
  return exitCodes.good
}
