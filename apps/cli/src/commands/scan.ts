import type { Finding } from '@countersign/core/guardrails/finding'
import { buildSarif, type Scanned } from '@countersign/core/guardrails/report/build-sarif'
import { viewFinding } from '@countersign/core/guardrails/report/view-finding'
import { type ScanResult, scanPaths } from '@countersign/scanner/scan-paths'
import {
  type Command,
  type ExitCode,
  exitCodes,
  findText,
  type Terminal,
  UsageError,
} from '../command.ts'
import { inert } from '../print.ts'

/** Scans bundles on this machine: no server, no network, and nothing is run. */
export const scan: Command = {
  usage: 'scan PATH… [--json] [--format text|json|sarif]',
  summary:
    'Scan bundles offline: folders, Markdown files, ZIPs. Ends with 1 if one is to be blocked.',
  options: { format: { type: 'string' } },
  async run(invocation, terminal): Promise<ExitCode> {
    const { values, positionals } = invocation
    const format = values.json ? 'json' : (findText(invocation, 'format') ?? 'text')
    const print = printers[format]
    if (!print) throw new UsageError(`--format is text, json or sarif, not ${format}.`)
    if (positionals.length === 0) throw new UsageError('At least one PATH is needed.')
    const results = await scanAll(positionals)
    print(results, terminal)
    const isBlocked = results.some(({ findings }) => findings.some(({ tier }) => tier === 'block'))
    return isBlocked ? exitCodes.refused : exitCodes.good
  },
}

async function scanAll(paths: readonly string[]): Promise<ScanResult[]> {
  try {
    return await Array.fromAsync(scanPaths(paths))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new UsageError(error.message)
    throw error
  }
}

type Printer = (results: readonly ScanResult[], terminal: Terminal) => void

const printers: Readonly<Record<string, Printer>> = {
  json: (results, { out }) => out(`${JSON.stringify({ results: results.map(viewResult) })}\n`),
  sarif: (results, { out }) => {
    const scanned = results.map(({ path, findings }): Scanned => ({ root: path, findings }))
    out(`${JSON.stringify(buildSarif(scanned, results[0]?.policyVersion ?? ''), null, 2)}\n`)
  },
  text: (results, { out }) => {
    for (const result of results) out(describeResult(result))
  },
}

function viewResult({ path, findings, checks, capabilities, policyVersion, leftOut }: ScanResult) {
  return {
    path,
    findings: findings.map(viewFinding),
    capabilities,
    checks: Object.fromEntries(
      Object.entries(checks).map(([name, check]) => [
        name,
        { status: check.status, findings: check.findings.map(viewFinding) },
      ]),
    ),
    policy_version: policyVersion,
    left_out: leftOut,
  }
}

function describeResult({ path, findings }: ScanResult): string {
  const verdict = findings.length === 0 ? 'nothing found' : `${findings.length} found`
  return [`${inert(path)}: ${verdict}`, ...findings.flatMap(describeFinding), ''].join('\n')
}

function describeFinding({ tier, ruleId, file, line, message, snippet }: Finding): string[] {
  const place = `${file ?? ''}${line === null ? '' : `:${line}`}`
  const lines = [`  ${tier.padEnd(8)} ${ruleId.padEnd(8)} ${inert(place)}`, `    ${inert(message)}`]
  return snippet ? [...lines, `    ${inert(snippet)}`] : lines
}
