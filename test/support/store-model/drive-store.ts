import { randomUUID } from 'node:crypto'
import { sealAudit } from '@countersign/core/audit/seal-audit'
import { noUsage } from '@countersign/core/reviews/assessment'
import { parseAnswer } from '@countersign/core/reviews/parse-answer'
import { reviewSubmission } from '@countersign/core/reviews/review-submission'
import { type Reviewer, ReviewerFailure } from '@countersign/core/reviews/reviewer'
import { collectBlobs } from '@countersign/core/store/collect-blobs'
import { compose } from '@countersign/worker/compose'
import { onTestFinished } from 'vitest'
import { aSkill, zip } from '../bundles.ts'
import { type Answer, type Person, type ServiceOptions, startService } from '../start-service.ts'
import type { Command, Risk, Who } from './commands.ts'
import type { Outcome } from './store-model.ts'

/** A service in which every move is one that the test makes: nobody reviews but by its command. */
export async function driveStore(options: ServiceOptions) {
  const service = await startService({
    ...options,
    withWorker: false,
    env: { BLOCKED_QUOTA_PER_DAY: '0' },
  })
  const worker = await compose(service.config, service.log)
  onTestFinished(() => worker.close())
  const admin = await service.asAdmin()
  const people = { ann: await service.asSomebody(), bob: await service.asSomebody(), admin }
  const reviews = createReviews(worker.ports)
  const ids = new Map<string, string>()
  const labels = new Map<string, string>()

  const note = (label: string, { body }: Answer) => {
    if (!body?.id || labels.has(body.id)) return
    ids.set(label, body.id)
    labels.set(body.id, label)
  }
  const findSubmission = async (entity: string, n: number) => {
    const [row] = await service.db.$client`
      select id from submissions where entity_id = ${ids.get(entity) ?? ''} and n = ${n}`
    return { submissionId: `${row?.id ?? randomUUID()}` }
  }
  const execute = async (command: Command): Promise<Outcome> => {
    switch (command.do) {
      case 'create': {
        const { who, name, tag } = command
        const answer = await people[who].submit(aSkill({ name, note: `(${tag})` }))
        note(tag, answer)
        return outcomeOf(answer)
      }
      case 'take up': {
        const found = await findSubmission(command.entity, command.n)
        return reviews.takeUp(command.review, { ...found, attempt: command.attempt })
      }
      case 'conclude':
        return reviews.conclude(command.review, command.risk)
      case 'let leases pass':
        await service.db.$client`
          update submissions set due_at = now() where lease_id is not null and due_at is not null`
        return 'done'
      case 'tidy':
        await sealAudit(worker.ports)
        await collectBlobs({ ...worker.ports, blobs: worker.blobs })
        await worker.ports.store.events.sequence(10_000)
        return 'done'
      default:
        return outcomeOf(await send(people, ids, command, findSubmission))
    }
  }

  return {
    ...service,
    people,
    execute,
    ids,
    /** Lets every review that still runs come to its end. */
    finish: () => reviews.finish(),
    /** What the database holds, in the words of the model. */
    async look() {
      const rows = await service.db.$client`
        select entities.id, name, visibility_status, live_n,
          json_agg(status order by n) as statuses
        from entities join submissions on submissions.entity_id = entities.id group by entities.id`
      return rows.map(({ id, name, visibility_status, live_n, statuses }) => ({
        label: labels.get(id) ?? id,
        name,
        visibility: visibility_status,
        live: live_n,
        statuses,
      }))
    },
  }
}

export type DrivenStore = Awaited<ReturnType<typeof driveStore>>

type Sent = Exclude<Command, { do: 'create' | 'take up' | 'conclude' | 'let leases pass' | 'tidy' }>

async function send(
  people: Record<Who | 'admin', Person>,
  ids: ReadonlyMap<string, string>,
  command: Sent,
  findSubmission: (entity: string, n: number) => Promise<{ submissionId: string }>,
): Promise<Answer> {
  const entity = `/api/store/entities/${ids.get(command.entity)}`
  switch (command.do) {
    case 'edit': {
      const bytes = await zip(aSkill({ note: `(${command.tag})` }))
      return people[command.who].send('PUT', entity, {
        form: { file: { bytes, fileName: 'bundle.zip' } },
      })
    }
    case 'describe':
      return people[command.who].send('PUT', entity, {
        json: { description: `${command.words}, which checks the figures of monthly reports.` },
      })
    case 'rename':
      return people[command.who].send('PUT', entity, { json: { name: command.name } })
    case 'restore':
      return people[command.who].send('POST', `${entity}/versions/${command.n}/restore`)
    case 'install':
      return people[command.who].send('POST', `${entity}/install`)
    case 'uninstall':
      return people[command.who].send('DELETE', `${entity}/install`)
    case 'archive':
      return people[command.who].send('DELETE', entity)
    case 'withdraw': {
      const { submissionId } = await findSubmission(command.entity, command.n)
      return people[command.who].send('POST', `/api/store/submissions/${submissionId}/withdraw`)
    }
    default: {
      const { submissionId } = await findSubmission(command.entity, command.n)
      const path = `/api/admin/store/submissions/${submissionId}/${command.do}`
      const reason = 'The owner vouches for it.'
      const json = command.do === 'rescan' ? { hide_on_fail: command.hideOnFail } : { reason }
      const body = command.do === 'approve' || command.do === 'retry' ? {} : { json }
      return people.admin.send('POST', path, body)
    }
  }
}

function outcomeOf({ status, body }: Answer): Outcome {
  return status < 300 ? 'done' : (body?.code ?? `${status}`)
}

type WorkerPorts = Awaited<ReturnType<typeof compose>>['ports']

interface Running {
  risk: PromiseWithResolvers<Risk>
  over: Promise<Outcome>
}

/** Reviews that hang on the model's answer until they are told what it is. */
function createReviews(ports: WorkerPorts) {
  const running = new Map<string, Running>()

  const conclude = async (label: string, risk: Risk): Promise<Outcome> => {
    const review = running.get(label)
    running.delete(label)
    review?.risk.resolve(risk)
    return (await review?.over) ?? 'too late'
  }
  return {
    async takeUp(label: string, due: { submissionId: string; attempt: number }): Promise<Outcome> {
      const risk = Promise.withResolvers<Risk>()
      const asked = Promise.withResolvers<Outcome>()
      let verdict: Outcome | undefined
      const review = reviewSubmission(
        {
          ...ports,
          // Leases pass when the test says so.
          store: { ...ports.store, submissions: { ...ports.store.submissions, extendLease } },
          reviewer: answering(ports.reviewer, () => {
            asked.resolve('asked')
            return risk.promise
          }),
          monitor: {
            ...ports.monitor,
            onVerdict: ({ status }) => {
              verdict = status
            },
          },
        },
        due,
        new AbortController().signal,
      )
      const first = await Promise.race([asked.promise, review.then(() => verdict ?? 'nothing')])
      const over = review.then(() => verdict ?? 'too late')
      if (first === 'asked') running.set(label, { risk, over })
      return first
    },
    conclude,
    async finish() {
      for (const label of [...running.keys()]) await conclude(label, 'safe')
    },
  }
}

const extendLease = async () => true

function answering(reviewer: Reviewer, ask: () => Promise<Risk>): Reviewer {
  return {
    ...reviewer,
    async ask({ receipt }) {
      const risk = await ask()
      if (risk === 'failed') throw new ReviewerFailure('rejected', 'As the test says.')
      const found = parseAnswer(
        {
          receipt,
          risk_level: risk,
          summary: 'As the test says.',
          findings: [],
          content_quality: { verdict: 'pass', issues: [] },
        },
        receipt,
      )
      if ('problem' in found) throw new Error(found.problem)
      const usage = { ...noUsage }
      return { ...found, usage, model: reviewer.model, requestId: null, durationMs: 0 }
    },
  }
}
