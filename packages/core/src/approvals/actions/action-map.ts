/** What has to be known of an action before it is asked about. */
export interface ActionRule {
  title: string
  /**
   * - `human`: only people answer. No mode, grant or model reaches it, and not the bypass.
   * - `review`: the reviewer model may answer where the session's mode is `auto_review`.
   * - `allow`: passes without a question.
   */
  answer: 'human' | 'review' | 'allow'
  /** Whether the owner of an agent that asks may decide: not what destroys, and not what rules. */
  ownerMayDecide: boolean
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

function humanOnly(title: string): ActionRule {
  return { title, answer: 'human', ownerMayDecide: false, approvals: 1 }
}

/** The one map of gated actions. */
export const actionMap = {
  delete_workspace: humanOnly('Delete a workspace'),
  deprovision_workspace: humanOnly('Take down what a workspace runs on'),
  secret_write: humanOnly('Write a secret'),
  org_token_mint: humanOnly('Make a token for somebody else'),
  'store.entity.hard_delete': humanOnly('Delete an entity for good'),
  'store.submission.delete': humanOnly('Delete a submission'),
  'admin.role_grant': humanOnly('Make somebody an admin'),
  deploy_production: humanOnly('Deploy to production'),
  delete_data: humanOnly('Delete data'),
  transfer_funds: humanOnly('Transfer funds'),
  modify_permissions: humanOnly('Modify permissions'),
  shutdown_service: humanOnly('Shut down a service'),
  wipe_database: humanOnly('Wipe a database'),
  exec_remote: humanOnly('Run a command on another machine'),
  publish_package: humanOnly('Publish a package'),
  rotate_keys: humanOnly('Rotate keys'),
  migrate_database: humanOnly('Migrate a database'),
  'fs.write': { title: 'Write a file', answer: 'review', ownerMayDecide: true, approvals: 1 },
  'net.fetch': { title: 'Fetch a URL', answer: 'review', ownerMayDecide: true, approvals: 1 },
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

const toolCall: ActionRule = {
  title: 'Use a tool',
  answer: 'review',
  ownerMayDecide: true,
  approvals: 1,
}

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
