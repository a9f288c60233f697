import type { Marketplace, ServedPlugin } from './marketplace.ts'

/** What one person has installed, as the marketplace that they are served. */
export function personalMarketplace<Plugin extends ServedPlugin>(
  name: string,
  { personHandle }: { personHandle: string },
  plugins: readonly Plugin[],
): Omit<Marketplace, 'plugins'> & { plugins: readonly Plugin[] } {
  return {
    name,
    ownerName: 'Countersign',
    description: `What ${personHandle} has installed, each in its last approved version.`,
    plugins,
  }
}
