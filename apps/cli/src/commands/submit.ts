import type { Client } from '@countersign/sdk'
import { CountersignError } from '@countersign/sdk'
import {
  type Command,
  exitCodes,
  findText,
  type Invocation,
  requireOne,
  type Terminal,
  UsageError,
} from '../command.ts'
import { connect } from '../connect.ts'
import { describeSubmission, exitCodeOf } from '../describe-submission.ts'
import { inert, print } from '../print.ts'
import { readBundle } from '../read-bundle.ts'
import { waitForVerdict } from '../wait-for-verdict.ts'

const types = ['skill', 'agent', 'plugin'] as const
type EntityType = (typeof types)[number]

export const submit: Command = {
  usage:
    'submit DIR|ZIP --type skill|agent|plugin [--description TEXT] [--name NAME] [--category SLUG] [--wait] [--dry-run]',
  summary: 'Send a bundle for review. With --wait: exit 0 approved, 1 blocked or rejected, 4 held.',
  options: {
    type: { type: 'string' },
    name: { type: 'string' },
    description: { type: 'string' },
    category: { type: 'string' },
    wait: { type: 'boolean', default: false },
    'dry-run': { type: 'boolean', default: false },
  },

  async run(invocation, terminal) {
    const type = readType(invocation)
    const client = await connect(invocation, terminal)
    // What intake would refuse is refused here, before anything is sent.
    await using bundle = await readBundle(
      requireOne(invocation, 'directory or ZIP'),
      type,
      terminal,
    )
    const submission = {
      file: bundle.file,
      fileName: bundle.fileName,
      type,
      description: findText(invocation, 'description') ?? bundle.description ?? '',
      name: findText(invocation, 'name'),
      category: findText(invocation, 'category'),
    }
    if (!submission.description) {
      throw new UsageError('--description is needed: the bundle does not describe itself.')
    }
    if (invocation.values['dry-run'])
      return await rehearse(client, submission, invocation, terminal)
    return await send(client, submission, invocation, terminal)
  },
}

type Submission = Parameters<Client['store']['submit']>[0]

async function rehearse(
  client: Client,
  submission: Submission,
  invocation: Invocation,
  terminal: Terminal,
) {
  const rehearsal = await client.store.rehearse(submission)
  print(terminal, invocation, rehearsal, () => `would ${rehearsal.would}`)
  return { approve: exitCodes.good, block: exitCodes.refused, hold: exitCodes.held }[
    rehearsal.would
  ]
}

async function send(
  client: Client & { baseUrl: string },
  submission: Submission,
  invocation: Invocation,
  terminal: Terminal,
) {
  const sent = await client.store.submit(submission).catch((error: unknown) => {
    if (error instanceof CountersignError && error.code === 'submission_blocked') return error
    throw error
  })
  if (sent instanceof CountersignError) {
    const { problem } = sent
    print(terminal, invocation, problem, () => `blocked_inline\n  ${inert(problem.detail)}`)
    return exitCodes.refused
  }
  const { id, submission: opened } = sent
  if (!opened) throw new Error('The service opened no submission.')
  const link = `${client.baseUrl}/console/entities/${id}`
  if (!invocation.values.wait) {
    print(terminal, invocation, sent, () => `${opened.status}  ${opened.id}\n${link}`)
    return exitCodes.good
  }
  const settled = await waitForVerdict(client, { entityId: id, submissionId: opened.id }, terminal)
  print(terminal, invocation, settled, () => `${describeSubmission(settled)}\n${link}`)
  return exitCodeOf(settled)
}

function readType(invocation: Invocation): EntityType {
  const given = findText(invocation, 'type')
  const type = types.find((known) => known === given)
  if (type) return type
  throw new UsageError(`--type is one of ${types.join(', ')}.`)
}
