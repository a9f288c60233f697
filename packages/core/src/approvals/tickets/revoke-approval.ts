import type { Ports } from '../../ports.ts'
import { type WithdrawalRequest, withdrawTicket } from './withdraw-ticket.ts'

/** Takes an approval back while nobody has used it: whoever asked may, and whoever may decide. */
export function revokeApproval(ports: Pick<Ports, 'transact'>, request: WithdrawalRequest) {
  return withdrawTicket(ports, request, {
    event: 'revoke',
    isAllowed: ({ isParty, mayDecide }) => isParty || mayDecide,
  })
}
