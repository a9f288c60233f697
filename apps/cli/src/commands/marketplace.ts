import { type Command, exitCodes } from '../command.ts'
import { connect } from '../connect.ts'
import { print } from '../print.ts'

export const marketplace: Command = {
  usage: 'marketplace',
  summary: 'Print the lines that make Claude Code install from here.',
  options: {},

  async run(invocation, terminal) {
    const { baseUrl, identity } = await connect(invocation, terminal)
    const { handle } = await identity.me()
    const git = `${baseUrl.replace(/\/$/, '')}/marketplace.git`
    const lines = [
      '# Keep the token in a credential helper: a URL with a token in it is stored in plain text.',
      `git config --global credential.${new URL(git).origin}.username ${handle}`,
      'git config --global credential.helper store   # or the one of your system',
      `git ls-remote ${git}   # the password is a token: countersign token create git`,
      `claude plugin marketplace add ${git}`,
    ]
    print(terminal, invocation, { url: git }, () => lines.join('\n'))
    return exitCodes.good
  },
}
