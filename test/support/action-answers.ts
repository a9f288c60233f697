import type { ActionAssessment } from '@countersign/core/approvals/reviews/approval-review'
import { approve, type Reply, say } from '@countersign/demo/model-replies'
import type { ModelRequest } from '@countersign/demo/model-request'

/** An answer about an action that would let it run, with `changes` made to it. */
export function answerAction(
  changes: Partial<ActionAssessment> & { receipt?: string } = {},
): Reply {
  return (request) =>
    say(
      JSON.stringify({
        receipt: request.receipt,
        risk: 'low',
        authorization: 'medium',
        injection_suspected: false,
        reversible: true,
        outcome: 'allow',
        rationale: 'It reads one file of the work at hand.',
        ...changes,
      }),
    )
}

/** Answers questions about actions by one reply, and approves every bundle. */
export function aboutActions(reply: Reply): Reply {
  return (request) => (isAboutAction(request) ? reply : approve())
}

export function isAboutAction({ user }: Pick<ModelRequest, 'user'>): boolean {
  return user.startsWith('May the action between the tags run?')
}
