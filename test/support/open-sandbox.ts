import { setSandbox } from '@countersign/egress/guard/sandbox'
import { sandboxId } from '@countersign/egress/guard/target'

/** Lets this one test write to what it names: by default, to receivers on this machine. */
export function openSandbox(allowlist: readonly string[] = [sandboxId]): void {
  setSandbox({ isOpen: true, allowlist })
}
