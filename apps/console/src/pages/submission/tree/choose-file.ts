import type { FindingView } from '@countersign/sdk'
import type { ShownFile } from './list-files.ts'

const order = ['critical', 'high', 'medium', 'low', 'info']

/**
 * The file that is open before anybody chose one: that of the worst finding which counts, else one
 * that makes something run, else the first that changed, else the first.
 */
export function chooseFile(
  files: readonly ShownFile[],
  findings: readonly FindingView[],
): ShownFile | undefined {
  const counting = findings.filter(({ tier, file }) => tier !== 'annotate' && file !== null)
  const [worst] = counting.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
  return (
    files.find(({ path }) => path === worst?.file) ??
    files.find(({ path }) => /(^|\/)(hooks\.json|\.mcp\.json)$/.test(path)) ??
    files.find(({ change }) => change !== undefined) ??
    files.find(({ path }) => path.endsWith('SKILL.md')) ??
    files[0]
  )
}
