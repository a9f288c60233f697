import type { ApprovalView } from '@countersign/sdk'
import { askService } from '../../ask-service.ts'
import { type Command, exitCodes, findText, requireOne, requireText } from '../../command.ts'
import { connect } from '../../connect.ts'
import { inert, print, table } from '../../print.ts'
import { readSeconds } from '../../read-seconds.ts'

export const approvalsLs: Command = {
  usage: 'approvals ls [--status STATUS,…] [--action ACTION] [--mine]',
  summary: 'List what was asked: by default, what waits for an answer.',
  options: {
    status: { type: 'string', default: 'pending' },
    action: { type: 'string' },
    mine: { type: 'boolean', default: false },
  },
  run: askService(
    async ({ approvals }, invocation) =>
      approvals.list({
        status: requireText(invocation, 'status').split(',') as ApprovalView['status'][],
        action: findText(invocation, 'action'),
        ...(invocation.values.mine === true && { mine: true }),
        limit: 200,
      }),
    ({ items }) => {
      const rows = items.map(({ id, status, action, requester, expires_at: expiresAt }) => {
        return [id, status, action, requester.handle, expiresAt]
      })
      return table(['ID', 'STATUS', 'ACTION', 'ASKED BY', 'EXPIRES'], rows)
    },
  ),
}

export const approvalsShow: Command = {
  usage: 'approvals show ID',
  summary: 'Show exactly what is asked, with its hash.',
  options: {},
  run: askService(
    async ({ approvals }, invocation) => approvals.get(requireOne(invocation, 'approval')),
    describeApproval,
  ),
}

export const approvalsApprove: Command = {
  usage: 'approvals approve ID [--comment TEXT] [--hash REQUEST-HASH]',
  summary: 'Approve what was asked, once. With --hash, only if that is what is asked.',
  options: { comment: { type: 'string' }, hash: { type: 'string' } },
  run: decideWith('approve', findText),
}

export const approvalsDeny: Command = {
  usage: 'approvals deny ID --comment TEXT [--hash REQUEST-HASH]',
  summary: 'Deny what was asked. Whoever asked reads the comment.',
  options: { comment: { type: 'string' }, hash: { type: 'string' } },
  run: decideWith('deny', requireText),
}

export const approvalsWait: Command = {
  usage: 'approvals wait ID [--timeout SECONDS]',
  summary: 'Wait for the answer: exit 0 approved, 1 not approved, 4 not answered yet.',
  options: { timeout: { type: 'string', default: '300' } },

  async run(invocation, terminal) {
    const { approvals } = await connect(invocation, terminal)
    const id = requireOne(invocation, 'approval')
    const end = Date.now() + readSeconds(invocation, 'timeout') * 1000
    let approval = await approvals.get(id)
    while (approval.status === 'pending' && Date.now() < end) {
      const rest = Math.ceil((end - Date.now()) / 1000)
      const answered = await approvals.wait(id, { timeout_s: Math.min(rest, 50) }, terminal.signal)
      approval = answered ?? approval
    }
    print(terminal, invocation, approval, () => describeApproval(approval))
    if (approval.status === 'pending') return exitCodes.held
    return approval.status === 'approved' ? exitCodes.good : exitCodes.refused
  },
}

function decideWith(verdict: 'approve' | 'deny', readComment: typeof findText): Command['run'] {
  return askService(
    async ({ approvals }, invocation) =>
      approvals.decide(requireOne(invocation, 'approval'), {
        verdict,
        comment: readComment(invocation, 'comment'),
        expected_hash: findText(invocation, 'hash'),
      }),
    describeApproval,
  )
}

function describeApproval(approval: ApprovalView): string {
  const { action, status, reason, decision_reason: why } = approval
  return [
    `${inert(action)}: ${status}${why ? ` (${inert(why)})` : ''}`,
    `  asked by   ${inert(approval.requester.handle)}${approval.requester.kind === 'agent' ? ', an agent' : ''}`,
    ...(reason ? [`  because    ${inert(reason)}`] : []),
    `  expires    ${approval.expires_at}`,
    `  hash       ${approval.request_hash}`,
    `  context    ${inert(JSON.stringify(approval.context))}`,
  ].join('\n')
}
