import { ServiceError } from '../../errors.ts'
import { ApprovalMode, bypassMode } from './approval-mode.ts'
import { defaultSandbox, fullAccess, type Sandbox } from './sandbox.ts'
import type { Session } from './session.ts'

/** What a request asks of a session or a turn. What it leaves out, it inherits. */
export interface Wanted {
  /** Any text. */
  approvalMode?: string | null | undefined
  sandbox?: Sandbox | undefined
  /** What the client calls its sandbox. */
  sandboxField: 'sandbox' | 'sandbox_policy'
  bypassTtlS?: number | undefined
}

/** Who answers and what may be touched; for a bypass, also what it ends in. */
export type Setting = Pick<Session, 'approvalMode' | 'sandbox' | 'restore'>

/** A setting with what is to be done about the deadline of its bypass. */
export type ResolvedSetting = Setting & {
  /** Seconds from now; `null` for no bypass; `undefined` for the deadline that there is. */
  bypassTtlS: number | null | undefined
}

const bypassTtlS = 900

export function isAsking({ approvalMode, sandbox }: Wanted): boolean {
  return isNamed(approvalMode) || sandbox !== undefined
}

/** An empty text names a mode too, and there is none of that name. */
function isNamed(mode: Wanted['approvalMode']): mode is string {
  return mode !== undefined && mode !== null
}

/**
 * Works out what a request leads to, from what is in force. Throws `invalid_mode` and
 * `conflicting_sandbox`; nothing has been written by then.
 */
export function resolveSetting(current: Setting, wanted: Wanted): ResolvedSetting {
  const asked = isNamed(wanted.approvalMode) ? parseMode(wanted.approvalMode) : undefined
  const approvalMode = asked ?? current.approvalMode
  refuseConflict(approvalMode, wanted)
  if (approvalMode === bypassMode) {
    const restore = current.restore ?? {
      approvalMode: current.approvalMode,
      sandbox: current.sandbox,
    }
    const ttlS = asked ? (wanted.bypassTtlS ?? bypassTtlS) : undefined
    return { approvalMode, sandbox: fullAccess, restore, bypassTtlS: ttlS }
  }
  const kept = current.restore?.sandbox ?? current.sandbox
  return { approvalMode, sandbox: wanted.sandbox ?? kept, restore: null, bypassTtlS: null }
}

/** What a session starts from where nothing is asked for. */
export function startingSetting(approvalMode: ApprovalMode): Setting {
  return { approvalMode, sandbox: defaultSandbox, restore: null }
}

function parseMode(text: string): ApprovalMode {
  const parsed = ApprovalMode.safeParse(text)
  if (parsed.success) return parsed.data
  const modes = ApprovalMode.options.join(', ')
  throw new ServiceError('invalid_mode', {
    detail: `There is no approval mode ${JSON.stringify(text)}. There are ${modes}.`,
    members: { errors: [{ path: 'approval_mode', message: `is none of ${modes}` }] },
  })
}

function refuseConflict(mode: ApprovalMode, { sandbox, sandboxField }: Wanted): void {
  if (!sandbox) return
  const isBypass = mode === bypassMode
  if (!isBypass && sandbox.type !== 'danger_full_access') return
  const detail = isBypass
    ? `The approval mode ${mode} cannot be combined with ${sandboxField}: it brings full access.`
    : `The approval mode ${mode} cannot be combined with ${sandboxField} danger_full_access.`
  throw new ServiceError('conflicting_sandbox', {
    detail,
    members: { errors: [{ path: sandboxField, message: 'contradicts the approval mode' }] },
  })
}
