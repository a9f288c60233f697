/** One file of a bundle. */
export interface BundleFile {
  /** Relative to the root of the tree, with `/` between the parts. Safe on every file system. */
  readonly path: string
  readonly size: number
  readonly isExecutable: boolean
  /**
   * The bytes. Large bundles are not kept in memory, so each call may read them anew: call it once
   * in each pass over the tree, and let the bytes go before the next file.
   */
  read(): Promise<Uint8Array>
}

/** The files of a bundle: sorted by path in code-unit order, no path twice. */
export type FileTree = readonly BundleFile[]

/** What is kept of a file where its bytes are not needed: the inventory of a version. */
export interface FileEntry {
  path: string
  size: number
  sha256: string
  isExecutable: boolean
  /** What the bytes are, judged by themselves and never by the name. */
  kind: FileKind
}

export type FileKind = 'text' | 'image' | 'font' | 'binary'
