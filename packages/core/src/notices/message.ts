/** What people read, before a channel gives it its form. */
export interface Message {
  title: string
  facts: readonly { label: string; value: string }[]
  /** The last line: how to answer, or what became of it. */
  footing: string
  /** A page that shows it. Opening it changes nothing. */
  link: string | null
  /** Lets a chat's buttons answer; `null` where there is nothing to answer, or no way to. */
  answerToken: string | null
}
