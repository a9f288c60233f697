import type { FindingView } from '@countersign/sdk'
import { worstFirst } from '../../../wording/findings.ts'
import type { ShownFile } from './list-files.ts'

/**
 * The file that is open before anybody chose one: that of the worst finding which counts, else one
 * that makes something run, else the first that changed, else the first.
 */
export function chooseFile(
  files: readonly ShownFile[],
  findings: readonly FindingView[],
): ShownFile | undefined {
  const counting = findings.filter(({ tier, file }) => tier !== 'annotate' && file !== null)
  const [worst] = worstFirst(counting)
  return (
    files.find(({ path }) => path === worst?.file) ??
    files.find(({ path }) => /(^|\/)(hooks\.json|\.mcp\.json)$/.test(path)) ??
    files.find(({ change }) => change !== undefined) ??
    files.find(({ path }) => path.endsWith('SKILL.md')) ??
    files[0]
  )
}
