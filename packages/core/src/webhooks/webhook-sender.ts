/** What came of sending a message. */
export type SendOutcome =
  | { kind: 'answered'; status: number; retryAfterMs: number | undefined }
  /** There was no answer: the name, the line, the clock, or an address that is none of ours. */
  | { kind: 'unreachable'; error: string }
  /** The write guard kept it. */
  | { kind: 'blocked'; reason: string }

/** Carries messages to addresses that people gave us, and to nowhere inside. */
export interface WebhookSender {
  /** Throws `unsafe_url` for an address that nobody may make us call. */
  requireSafe(url: string): Promise<void>
  /** Posts a body once. Never throws but when it is called off. */
  send(
    message: { url: string; headers: Record<string, string>; body: string; deliveryId: string },
    signal: AbortSignal,
  ): Promise<SendOutcome>
}
