import { ServiceError } from '@countersign/core/errors'

/** Why an upload is not a bundle. Clients act on these words, so they never change. */
export type RefusalReason =
  | 'too_large'
  | 'too_many_entries'
  | 'bad_ratio'
  | 'path_too_long'
  | 'path_too_deep'
  | 'zip_invalid'
  | 'unsupported_zip'
  | 'unsafe_path'
  | 'unsafe_entry'
  | 'ambiguous_path'
  | 'nested_archive'
  | 'missing_anchor'
  | 'multiple_plugins'
  | 'wrong_type'
  | 'stray_files'

/** Refuses an upload with a reason for machines and a sentence for people. */
export function refuseBundle(reason: RefusalReason, detail: string, cause?: unknown): never {
  throw new ServiceError('invalid_bundle', { detail, members: { reason }, cause })
}

/** A path as it may stand in a sentence: short, and with nothing in it that a terminal obeys. */
export function quotePath(path: string): string {
  const shown = path.length > 80 ? `${path.slice(0, 79)}…` : path
  return JSON.stringify(shown).replaceAll(
    /[\p{Cf}\p{Zl}\p{Zp}\u007f-\u009f]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  )
}
