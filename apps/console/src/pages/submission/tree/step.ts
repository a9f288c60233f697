import type { FindingView } from '@countersign/sdk'
import type { ShownFile } from './list-files.ts'

/** The file before or after the open one; around the end it goes on at the other. */
export function stepFile(
  files: readonly ShownFile[],
  current: ShownFile | undefined,
  step: 1 | -1,
): string | undefined {
  const at = files.findIndex(({ path }) => path === current?.path)
  return files.at((at + step) % files.length)?.path
}

/** The finding before or after the line one is at, as a file and a line. */
export function stepFinding(
  findings: readonly FindingView[],
  { file, line }: { file?: string; line?: number },
  step: 1 | -1,
): [file: string | undefined, line?: number] {
  const placed = findings.filter((finding) => finding.file !== null)
  const at = placed.findIndex((finding) => finding.file === file && (finding.line ?? 1) === line)
  const next = at < 0 ? placed.at(step > 0 ? 0 : -1) : placed.at((at + step) % placed.length)
  return [next?.file ?? undefined, next?.line ?? 1]
}

/** The finding on the line one is at; else the first one of the open file. */
export function findingAt(
  findings: readonly FindingView[],
  { file, line }: { file?: string; line?: number },
  current: ShownFile | undefined,
): FindingView | undefined {
  const isHere = (finding: FindingView) => finding.file === file && (finding.line ?? 1) === line
  return findings.find(isHere) ?? findings.find((finding) => finding.file === current?.path)
}
