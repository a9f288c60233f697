/** A stretch of a line, and the kind of thing it is in its language. */
export interface Token {
  /** Where in its line it begins. */
  at: number
  text: string
  kind?: string
}
