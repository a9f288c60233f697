const kibibyte = 1024
const mebibyte = 1024 * kibibyte

/** How large an upload may be, in every direction. The unpacked sizes are counted, never believed. */
export const limits = {
  archiveBytesMax: 50 * mebibyte,
  unpackedBytesMax: 200 * mebibyte,
  fileBytesMax: 5 * mebibyte,
  entriesMax: 2000,
  pathBytesMax: 240,
  depthMax: 16,
  /** What an entry may grow to, as a multiple of its packed size. */
  ratioMax: 100,
  /** Below this no ratio is held against an entry: a short file of blanks packs well and harms nobody. */
  ratioFreeBytes: 64 * kibibyte,
  /** Bundles up to this size stay in memory once they are unpacked; larger ones are read anew. */
  keptBytesMax: 8 * mebibyte,
} as const
