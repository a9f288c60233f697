import { sandboxId } from './target.ts'

/** What a test process may write to. A live process pays no heed to it. */
export interface Sandbox {
  /** Whether tests may write anything at all. */
  isOpen: boolean
  /** What they may write to, if so. */
  allowlist: readonly string[]
}

/** Nothing may be written; and if that is lifted, to the one sandbox. */
export const closedSandbox: Sandbox = { isOpen: false, allowlist: [sandboxId] }

let sandbox: Sandbox = closedSandbox

/** Sets what a test process may write to, from the configuration or from a test. */
export function setSandbox(next: Sandbox): void {
  sandbox = next
}

export function readSandbox(): Sandbox {
  return sandbox
}
