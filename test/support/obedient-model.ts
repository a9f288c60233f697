import { approve, block, type Reply, status } from '@countersign/demo/model-replies'
import { aSkill, description, type Files } from './bundles.ts'

/** A model that says of a bundle what a note in the bundle tells it to. No real one would. */
export const obedientModel: Reply = ({ user }) => {
  if (user.includes('the model fails')) return status(400)
  if (user.includes('the model blocks')) return block()
  return approve()
}

/** A skill that the model blocks, and one whose review fails. */
export const blockedSkill = aSkill({ note: 'the model blocks' })
export const failingSkill = aSkill({ note: 'the model fails' })

/** Files of a skill that a check blocks before any model is asked. */
export function aThinSkill(name = 'report-checker'): Files {
  return { 'SKILL.md': `---\nname: ${name}\ndescription: ${description}\n---\n\nToo short.\n` }
}

/** A skill that goes to a person where `tools` is in `HUMAN_REVIEW_FOR`. */
export function aSkillWithTools({ name = 'report-checker', note = '' } = {}): Files {
  const [text] = Object.values(aSkill({ name, note }))
  return { 'SKILL.md': String(text).replace('\n---\n\n', '\nallowed-tools: Read Grep\n---\n\n') }
}
