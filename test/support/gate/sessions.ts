import type { Answer, Person } from '../start-service.ts'

export const bypass = 'dangerously_bypass_approvals_and_sandbox'
export const fullAccess = { type: 'danger_full_access' }

export const post = (who: Person, path: string, json: object = {}): Promise<Answer> =>
  who.send('POST', path, { json })
export const start = (who: Person, json: object = {}) => post(who, '/api/sessions', json)
export const resume = (who: Person, id: string, json?: object) =>
  post(who, `/api/sessions/${id}/resume`, json)
export const fork = (who: Person, id: string, json?: object) =>
  post(who, `/api/sessions/${id}/fork`, json)
export const read = async (who: Person, id: string) =>
  (await who.send('GET', `/api/sessions/${id}?include=turns`)).body

/** Starts a turn and ends it. */
export async function run(who: Person, id: string, json: object = {}): Promise<Answer> {
  const turn = await post(who, `/api/sessions/${id}/turns`, json)
  if (turn.status === 201) {
    await who.send('PATCH', `/api/turns/${turn.body.id}`, { json: { status: 'completed' } })
  }
  return turn
}
