/** What kind of text a line is. What an agent reads as instruction differs from what it runs or skips. */
export type Place =
  | 'prose'
  | 'heading'
  | 'quote'
  | 'table'
  | 'front_matter'
  /** Inside a fenced block or a script: something that is run, or shown as if it were. */
  | 'code'
  /** A comment of a programming language. */
  | 'code_comment'
  /** An HTML comment or an element that no reader sees. */
  | 'hidden'
  /** A command that runs before the model reads the text: `` !`cmd` `` and ```` ```! ````. */
  | 'injected'
  /** A manifest, a settings file, a hook or an MCP server. */
  | 'config'
  | 'data'

/** Through which glasses the text was read. */
export type Layer = 'raw' | 'view' | 'decoded'

export type Language =
  | 'shell'
  | 'powershell'
  | 'python'
  | 'javascript'
  | 'json'
  | 'yaml'
  | 'markup'
  | 'text'
  | 'other'

/** What a file is for in a bundle. */
export type FileRole =
  | 'instructions'
  | 'reference'
  | 'script'
  | 'manifest'
  | 'hooks'
  | 'mcp'
  | 'settings'
  | 'lockfile'
  | 'data'
  | 'test'
  | 'asset'
