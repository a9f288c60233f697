import type { Command } from './command.ts'
import { adminQueue, adminRetry, adminShow } from './commands/admin.ts'
import { auditExport, auditVerify } from './commands/audit.ts'
import { adminApprove, adminOverride, adminReject, adminRescan } from './commands/decisions.ts'
import { diff } from './commands/diff.ts'
import { archive, edit, restore, versions, withdraw } from './commands/edits.ts'
import { install, ls, status, uninstall } from './commands/entities.ts'
import { login, logout } from './commands/login.ts'
import { marketplace } from './commands/marketplace.ts'
import { scan } from './commands/scan.ts'
import { submit } from './commands/submit.ts'
import { tokenCreate, tokenLs, tokenRevoke } from './commands/tokens.ts'

/** Every command, by the words that call it. */
export const commands: Readonly<Record<string, Command>> = {
  login,
  logout,
  submit,
  scan,
  status,
  ls,
  versions,
  diff,
  edit,
  restore,
  withdraw,
  archive,
  install,
  uninstall,
  marketplace,
  'token create': tokenCreate,
  'token ls': tokenLs,
  'token revoke': tokenRevoke,
  'admin queue': adminQueue,
  'admin show': adminShow,
  'admin approve': adminApprove,
  'admin reject': adminReject,
  'admin override': adminOverride,
  'admin rescan': adminRescan,
  'admin retry': adminRetry,
  'audit export': auditExport,
  'audit verify': auditVerify,
}
