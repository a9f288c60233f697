import type { Channels } from './channels.ts'

/** The address of one of our pages; `null` where nobody said how people reach us. */
export function linkTo({ publicUrl }: Pick<Channels, 'publicUrl'>, path: string): string | null {
  return publicUrl === null ? null : new URL(path, publicUrl).href
}
