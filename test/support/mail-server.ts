import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { onTestFinished } from 'vitest'

export interface Letter {
  to: string
  /** Headers and body, with the soft line ends of quoted-printable undone. */
  source: string
}

/** A mail server of the test's own that keeps what it is given, or takes nothing. */
export async function startMailServer({ takesMail = true } = {}) {
  const letters: Letter[] = []
  const first = Promise.withResolvers<Letter>()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData(stream, session, done) {
      void text(stream).then((raw) => {
        if (!takesMail) return done(new Error('The mailbox is full.'))
        const source = raw.replaceAll('=\r\n', '').replaceAll('=3D', '=')
        const [to] = session.envelope.rcptTo
        const letter = { to: to?.address ?? '', source }
        letters.push(letter)
        first.resolve(letter)
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => server.close(resolve)))
  const { port } = server.server.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${port}`, letters, untilReceived: () => first.promise }
}
