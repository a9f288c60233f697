import type { Mailer } from '@countersign/core/notices/channels'
import { createTransport } from 'nodemailer'
import { admit } from '../guard/admit.ts'
import { targetOf } from '../guard/target.ts'
import { renderText } from './render-text.ts'

const bodyCharsMax = 20_000
const timeoutMs = 15_000

/** Sends mail by SMTP, over a connection of its own for each letter. */
export function createMailer({ url, from }: { url: string; from?: string | undefined }): Mailer {
  const { hostname } = new URL(url)
  const transport = createTransport({
    url,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // What agents wrote is text, never a file or an address to be fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  })

  return {
    async send({ to, letterId, message, about }, signal) {
      const [isAllowed, reason] = admit(targetOf('email', url, to), 'send', about)
      if (!isAllowed) return { kind: 'blocked', reason }
      signal.throwIfAborted()
      try {
        await transport.sendMail({
          from: from ?? `Countersign <countersign@${hostname}>`,
          to: { name: '', address: to },
          subject: message.title.replace(/\s+/g, ' ').slice(0, 200),
          messageId: `<${letterId}@${hostname}>`,
          headers: { 'auto-submitted': 'auto-generated' },
          text: renderText(message, bodyCharsMax),
        })
        return { kind: 'sent', ref: null }
      } catch (error) {
        const { code = 'failed' } = error as { code?: string }
        return { kind: 'failed', error: `The mail server did not take it: ${code}.` }
      }
    },
  }
}
