/** Makes sure that what is served is what the sources say. */
export function ensureConsole(node?: string): void
