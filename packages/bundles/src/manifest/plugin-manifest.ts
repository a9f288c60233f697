import { isUtf8 } from 'node:buffer'

export type Fields = Readonly<Record<string, unknown>>

/** Reads a `plugin.json`. What is wrong with it is told, never thrown. */
export function parsePluginManifest(bytes: Uint8Array): {
  fields: Fields
  parseError: string | null
} {
  if (!isUtf8(bytes)) return { fields: {}, parseError: 'The file is not in UTF-8.' }
  try {
    const value: unknown = JSON.parse(
      Buffer.from(bytes)
        .toString('utf8')
        .replace(/^\u{feff}/u, ''),
    )
    if (isFields(value)) return { fields: value, parseError: null }
    return { fields: {}, parseError: 'It is not an object.' }
  } catch (error) {
    const parseError = error instanceof Error ? error.message : 'It cannot be read.'
    return { fields: {}, parseError }
  }
}

/** What we put into the manifest of every served plugin. */
export interface Stamp {
  slug: string
  n: number
  authorName: string | null
  authorVersion: string | null
}

/**
 * Writes a `plugin.json` under our name and number, which clients key their caches by. The author's own
 * are kept beside, in `metadata`.
 */
export function stampPluginManifest(fields: Fields, stamp: Stamp): Uint8Array {
  const {
    author_name: _,
    author_version: __,
    ...metadata
  } = isFields(fields.metadata) ? fields.metadata : {}
  const kept = {
    ...metadata,
    ...(stamp.authorName === null ? {} : { author_name: stamp.authorName }),
    ...(stamp.authorVersion === null ? {} : { author_version: stamp.authorVersion }),
  }
  const { metadata: ___, ...others } = fields
  const stamped = {
    ...others,
    name: stamp.slug,
    version: bakedVersion(stamp.n),
    ...(Object.keys(kept).length > 0 ? { metadata: kept } : {}),
  }
  return Buffer.from(`${JSON.stringify(stamped, null, 2)}\n`)
}

/** The version that the served manifest of the n-th version of an entity has. */
export function bakedVersion(n: number): string {
  return `1.0.${n}`
}

/** The author's own name and version, out of a manifest that we wrote. */
export function readStamp({ metadata }: Fields): Pick<Stamp, 'authorName' | 'authorVersion'> {
  const { author_name: name, author_version: version } = isFields(metadata) ? metadata : {}
  return {
    authorName: typeof name === 'string' ? name : null,
    authorVersion: typeof version === 'string' ? version : null,
  }
}

/** The fields of a manifest that we wrote, as its author wrote them. */
export function unstampFields(fields: Fields): Fields {
  const { authorName, authorVersion } = readStamp(fields)
  const {
    author_name: _,
    author_version: __,
    ...metadata
  } = isFields(fields.metadata) ? fields.metadata : {}
  const named = restore(restore(fields, 'name', authorName), 'version', authorVersion)
  return restore(named, 'metadata', Object.keys(metadata).length > 0 ? metadata : null)
}

/** Puts the author's value of a field in the place of ours, or takes the field away. */
export function restore(fields: Fields, name: string, value: unknown): Fields {
  const { [name]: _, ...others } = fields
  return value === null ? others : { ...others, [name]: value }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
