import { isAdmin } from '../../identity/caller.ts'
import type { Ports } from '../../ports.ts'
import { type WithdrawalRequest, withdrawTicket } from './withdraw-ticket.ts'

/** Takes a request back while nobody has answered: whoever asked may, and admins. */
export function cancelApproval(ports: Pick<Ports, 'transact'>, request: WithdrawalRequest) {
  return withdrawTicket(ports, request, {
    event: 'cancel',
    isAllowed: ({ caller, isParty }) => isParty || isAdmin(caller),
  })
}
