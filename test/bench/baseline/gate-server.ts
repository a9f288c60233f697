import { createHash, randomUUID } from 'node:crypto'
import fastify from 'fastify'
import postgres from 'postgres'

// The least that a gate could do: hash the context, count one use of the grant and write the execution
// and its record. It looks at no policy, no session and no ticket, and knows nobody.

const { DATABASE_URL = '' } = process.env
const sql = postgres(DATABASE_URL, { max: 10 })
const app = fastify()

app.post('/api/gate/check', async (request) => {
  const { action, context } = request.body as { action: string; context: unknown }
  const hash = createHash('sha256').update(JSON.stringify(context)).digest('hex')
  const id = randomUUID()
  await sql.begin((tx) => [
    tx`update grants set uses = uses + 1 where action = ${action}`,
    tx`insert into executions (id, workspace_id, action, request_hash, principal_id, authorized_by, grant_id, lease_expires_at)
      select ${id}, workspace_id, action, ${hash}, created_by, 'grant', id, now() + interval '10 minutes'
      from grants where action = ${action}`,
    tx`insert into audit_entries (id, actor_id, actor_kind, action, resource)
      values (${randomUUID()}, 'bare', 'user', 'approval.allowed', ${`execution:${id}`})`,
  ])
  return { decision: 'allow', execution_id: id }
})
const url = await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`listens on ${url}\n`)
