import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { SealedAuditEntry } from '@countersign/core/audit/audit-entry'
import { genesis, verifyEntries } from '@countersign/core/audit/seal-entries'
import type { AuditEntryView, Client } from '@countersign/sdk'
import { type Command, exitCodes, findText, type Terminal, UsageError } from '../command.ts'
import { connect } from '../connect.ts'
import { print } from '../print.ts'

export const auditExport: Command = {
  usage: 'audit export [--resource RESOURCE] [--action ACTION] [--from TIME] [--to TIME]',
  summary: 'Write the audit as JSON lines, oldest first: what `audit verify --file` reads.',
  options: {
    resource: { type: 'string' },
    action: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
  },

  async run(invocation, terminal) {
    const { admin } = await connect(invocation, terminal)
    const filter = {
      resource: findText(invocation, 'resource'),
      action: findText(invocation, 'action'),
      from: findText(invocation, 'from'),
      to: findText(invocation, 'to'),
    }
    const entries = await readAll(admin, filter)
    for (const entry of entries) terminal.out(`${JSON.stringify(entry)}\n`)
    return exitCodes.good
  },
}

export const auditVerify: Command = {
  usage: 'audit verify [--file FILE]',
  summary: 'Follow the chain of the audit: on the service, or over an exported file without it.',
  options: { file: { type: 'string' } },

  async run(invocation, terminal) {
    const file = findText(invocation, 'file')
    const report = file
      ? verifyFile(await readExport(file, terminal))
      : await (await connect(invocation, terminal)).admin.verifyAudit()
    print(terminal, invocation, report, () =>
      report.ok
        ? `The chain holds over ${report.checked} entries; ${report.unsealed} are not sealed yet.`
        : `The chain is broken at entry ${report.broken_at}.`,
    )
    return report.ok ? exitCodes.good : exitCodes.refused
  },
}

async function readAll(admin: Client['admin'], filter: Parameters<Client['admin']['audit']>[0]) {
  const entries: AuditEntryView[] = []
  let cursor: string | undefined
  do {
    const page = await admin.audit({ ...filter, limit: 200, cursor })
    entries.push(...page.items)
    cursor = page.next_cursor ?? undefined
  } while (cursor)
  return entries.toSorted((a, b) => (a.seq ?? Infinity) - (b.seq ?? Infinity))
}

async function readExport(file: string, { cwd }: Terminal): Promise<AuditEntryView[]> {
  const text = await readFile(resolve(cwd, file), 'utf8').catch(() => {
    throw new UsageError(`There is no ${file}.`)
  })
  const lines = text.split('\n').filter(Boolean)
  try {
    return lines.map((line) => JSON.parse(line))
  } catch {
    throw new UsageError(`${file} is not an export of the audit.`)
  }
}

/** Follows consecutive entries from the first in the file; a part of the audit is a chain too. */
function verifyFile(entries: readonly AuditEntryView[]) {
  const sealed = entries.flatMap(toSealed)
  const [first] = sealed
  const last = first ? { seq: first.seq - 1, hash: first.prevHash } : genesis
  const { ok, checked, brokenAt } = verifyEntries(sealed, last)
  return { ok, checked, broken_at: brokenAt, unsealed: entries.length - sealed.length }
}

function toSealed(entry: AuditEntryView): SealedAuditEntry[] {
  const { seq, prev_hash: prevHash, hash, at, ...same } = entry
  if (seq === null || prevHash === null || hash === null) return []
  return [{ ...same, seq, prevHash, hash, at: new Date(at) }]
}
