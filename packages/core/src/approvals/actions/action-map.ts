/**
 * What an action does. Who owns the agent that asks may decide on what writes or reaches out, which is
 * the ordinary case, and not on what destroys or rules.
 */
export type ActionClass = 'write' | 'external' | 'destructive' | 'admin'

/** What has to be known of an action before it is asked about. */
export interface ActionRule {
  title: string
  class: ActionClass
  /**
   * - `human`: only people answer. No mode, grant or model reaches it, and not the bypass.
   * - `review`: the reviewer model may answer where the session's mode is `auto_review`.
   * - `allow`: passes without a question.
   */
  answer: 'human' | 'review' | 'allow'
  /** How many people have to approve. */
  approvals: number
}

/** Whitelists do not pass these, not even on the confirmation daemon's face. */
export const highRiskActions = [
  'deploy_production',
  'delete_data',
  'transfer_funds',
  'modify_permissions',
  'shutdown_service',
  'wipe_database',
  'exec_remote',
  'publish_package',
  'rotate_keys',
  'migrate_database',
] as const

function humanOnly(kind: ActionClass, title: string): ActionRule {
  return { title, class: kind, answer: 'human', approvals: 1 }
}

function reviewable(kind: ActionClass, title: string): ActionRule {
  return { title, class: kind, answer: 'review', approvals: 1 }
}

/** The one map of gated actions. */
export const actionMap = {
  delete_workspace: humanOnly('destructive', 'Delete a workspace'),
  deprovision_workspace: humanOnly('destructive', 'Take down what a workspace runs on'),
  secret_write: humanOnly('admin', 'Write a secret'),
  org_token_mint: humanOnly('admin', 'Make a token for somebody else'),
  'store.entity.hard_delete': humanOnly('destructive', 'Delete an entity for good'),
  'store.submission.delete': humanOnly('destructive', 'Delete a submission'),
  'admin.role_grant': humanOnly('admin', 'Make somebody an admin'),
  deploy_production: humanOnly('external', 'Deploy to production'),
  delete_data: humanOnly('destructive', 'Delete data'),
  transfer_funds: humanOnly('external', 'Transfer funds'),
  modify_permissions: humanOnly('admin', 'Modify permissions'),
  shutdown_service: humanOnly('destructive', 'Shut down a service'),
  wipe_database: humanOnly('destructive', 'Wipe a database'),
  exec_remote: humanOnly('external', 'Run a command on another machine'),
  publish_package: humanOnly('external', 'Publish a package'),
  rotate_keys: humanOnly('admin', 'Rotate keys'),
  migrate_database: humanOnly('destructive', 'Migrate a database'),
  'fs.write': reviewable('write', 'Write a file'),
  'net.fetch': reviewable('external', 'Fetch a URL'),
} as const satisfies Record<string, ActionRule>

/** Actions that our own routes ask about. */
export type OwnAction = Extract<
  keyof typeof actionMap,
  | 'delete_workspace'
  | 'org_token_mint'
  | 'store.entity.hard_delete'
  | 'store.submission.delete'
  | 'admin.role_grant'
>

const toolCall = reviewable('write', 'Use a tool')
const rules = new Map<string, ActionRule>(Object.entries(actionMap))

/**
 * The rule of an action; `undefined` for one that nobody listed.
 *
 * Another spelling is the same action here, so that `Delete-Data` is not passed as something unknown.
 */
export function findRule(action: string): ActionRule | undefined {
  const name = spell(action)
  return rules.get(name) ?? (name.startsWith('agent.tool.') ? toolCall : undefined)
}

/** Whether the owner of an agent that asks is barred from deciding, as the agent is. */
export function barsOwner(rule: ActionRule): boolean {
  return rule.class === 'destructive' || rule.class === 'admin'
}

/** Whether an action needs an answer, whoever asks. */
export function isGated(action: string): boolean {
  const rule = findRule(action)
  return rule !== undefined && rule.answer !== 'allow'
}

/** Whether no grant may allow an action, because only people answer for it. */
export function isHumanOnly(action: string): boolean {
  return findRule(action)?.answer === 'human'
}

/** One spelling for all: case, width, spaces and dashes make no other action. */
export function spell(action: string): string {
  return action
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
}
