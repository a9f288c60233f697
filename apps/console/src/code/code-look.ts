/** How somebody looks at a file. */
export interface CodeLook {
  /** Whether a text is shown as its bytes too; what is no text always is. */
  isHex: boolean
  /** Whether what changed is shown in two columns, before and after. */
  isSplit: boolean
  showsSpaces: boolean
}
