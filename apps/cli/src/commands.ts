import type { Command } from './command.ts'
import { adminQueue, adminRetry, adminShow } from './commands/admin.ts'
import { install, ls, status } from './commands/entities.ts'
import { login, logout } from './commands/login.ts'
import { submit } from './commands/submit.ts'

/** Every command, by the words that call it. */
export const commands: Readonly<Record<string, Command>> = {
  login,
  logout,
  submit,
  status,
  ls,
  install,
  'admin queue': adminQueue,
  'admin show': adminShow,
  'admin retry': adminRetry,
}
