import type { EntityType } from '../../store/entity.ts'
import type { AuthorManifest } from '../inspection.ts'
import type { Issue } from './issue.ts'

const reserved =
  /^(?:claude-|anthropic-|anthropics-|cc-plugin-)|^(?:claude|anthropic|anthropics|claude-code|official|plugin|mcp|test)$/
const plain = /^[\p{Ll}\p{Lo}\p{N}]+(?:-[\p{Ll}\p{Lo}\p{N}]+)*$/u
const lengthMax = 64

type Fault = Pick<Issue, 'id' | 'code' | 'problem' | 'hint'> & { isBlocking: boolean }

/** The faults of a name. The gravest comes alone. */
export function checkName(
  { path, fields, containerName }: AuthorManifest,
  type: EntityType,
): Issue[] {
  const name = fields.name
  const fault =
    typeof name === 'string' && name.trim() !== ''
      ? faultOf(name, { containerName, type })
      : missing
  if (!fault) return []
  const { isBlocking, ...rest } = fault
  const weight = isBlocking
    ? ({ tier: 'block', severity: 'high' } as const)
    : ({ tier: 'annotate', severity: 'low' } as const)
  return [
    { ...rest, ...weight, file: path, field: 'name', value: typeof name === 'string' ? name : '' },
  ]
}

const missing: Fault = {
  id: 'MAN-002',
  code: 'name_missing',
  isBlocking: true,
  problem: 'is required',
  hint: 'Add `name:` with lower-case words joined by hyphens.',
}

function faultOf(
  name: string,
  { containerName, type }: { containerName: string; type: EntityType },
): Fault | undefined {
  const forbidden = type === 'plugin' ? /[\s@:/\\]|\.\.|\p{C}/u : /[@:/\\]|\.\.|\p{C}/u
  if (forbidden.test(name))
    return {
      id: 'MAN-003',
      code: 'name_invalid',
      isBlocking: true,
      problem: 'holds characters that a name may not have',
      hint: 'Use lower-case letters, digits and hyphens only.',
    }
  if (type === 'plugin' && reserved.test(name))
    return {
      id: 'MAN-004',
      code: 'name_reserved',
      isBlocking: true,
      problem: 'is reserved',
      hint: 'Choose a name that does not pass for one of the vendor’s own.',
    }
  if (!plain.test(name.normalize('NFKC')) || name.length > lengthMax)
    return {
      id: 'MAN-005',
      code: 'name_unusual',
      isBlocking: false,
      problem: `is not in lower-case words joined by hyphens, at most ${lengthMax} characters`,
      hint: 'Other programs that load skills refuse it. Use lower-case letters, digits and single hyphens.',
    }
  if (type !== 'skill' || containerName === '' || containerName === name) return undefined
  return {
    id: 'MAN-006',
    code: 'name_not_folder',
    isBlocking: false,
    problem: `differs from its folder, “${containerName}”`,
    hint: 'Give both the same name.',
  }
}
