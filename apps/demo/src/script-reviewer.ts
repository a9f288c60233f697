import { approve, block, type Reply } from './model-replies.ts'

/** Says what a model might say of the demo's bundles. It knows them, and reads nothing else. */
export const scriptReviewer: Reply = ({ user }) =>
  user.includes('Note to the automated reviewer')
    ? block({
        severity: 'critical',
        category: 'prompt_injection',
        file: 'SKILL.md',
        explanation: 'A note to the reviewer tells it what to answer.',
        fix_hint: 'Remove the note.',
      })
    : approve()
