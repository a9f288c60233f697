import { hostname } from 'node:os'
import { createClient } from '@countersign/sdk'
import { type Command, exitCodes, requireText, type Terminal, UsageError } from '../command.ts'
import { defaultUrl, findUrl } from '../connect.ts'
import { print } from '../print.ts'
import { forgetLogin, saveLogin } from '../saved-login.ts'

const tokenDays = 90

export const login: Command = {
  usage: 'login [--url URL] --email EMAIL [--password-stdin]',
  summary: 'Log in, and keep a token for the commands that follow.',
  options: { email: { type: 'string' }, 'password-stdin': { type: 'boolean', default: false } },

  async run(invocation, terminal) {
    const url = findUrl(invocation, terminal) ?? defaultUrl
    const email = requireText(invocation, 'email')
    const fromInput = invocation.values['password-stdin'] === true
    const password = await readPassword(terminal, fromInput)
    const session = await createClient({ baseUrl: url }).identity.logIn({ email, password })

    const { identity } = createClient({ baseUrl: url, token: session.access_token })
    const name = `countersign on ${hostname()}`
    const { token } = await identity.createToken({ name, kind: 'user', expires_in_days: tokenDays })
    await identity.logOut()
    await saveLogin(terminal, { url, token, email })
    print(terminal, invocation, { url, email }, () => `Logged in to ${url} as ${email}.`)
    return exitCodes.good
  },
}

export const logout: Command = {
  usage: 'logout',
  summary: 'Forget the token that login kept.',
  options: {},

  async run(invocation, terminal) {
    await forgetLogin(terminal)
    print(terminal, invocation, {}, () => 'Logged out.')
    return exitCodes.good
  },
}

async function readPassword(terminal: Terminal, fromInput: boolean): Promise<string> {
  if (fromInput) return (await terminal.readInput()).replace(/\r?\n$/, '')
  const { COUNTERSIGN_PASSWORD } = terminal.env
  if (COUNTERSIGN_PASSWORD) return COUNTERSIGN_PASSWORD
  if (!terminal.isInteractive)
    throw new UsageError('Use --password-stdin where nobody can be asked.')
  return terminal.askSecret('Password: ')
}
