import type { EntityType } from '@countersign/core/store/entity'
import { parseFrontMatter } from './front-matter.ts'
import { type Fields, parsePluginManifest } from './plugin-manifest.ts'

/** What an anchor says of its bundle. */
export interface Manifest {
  fields: Fields
  parseError: string | null
  /** The author's version as written, wherever this kind of bundle keeps it. */
  version: string | null
}

/** Reads the anchor of a bundle. What is wrong with it is told, never thrown. */
export function readManifest(type: EntityType, bytes: Uint8Array): Manifest {
  if (type !== 'plugin') return parseFrontMatter(bytes)
  const manifest = parsePluginManifest(bytes)
  const { version } = manifest.fields
  const isTold = typeof version === 'string' || typeof version === 'number'
  return { ...manifest, version: isTold ? String(version) : null }
}

/** A text field on one line, without what a database or a terminal cannot take; `null` if it is blank. */
export function readPlainText(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const text = value
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
  return text === '' ? null : text
}
