import type { Files } from './bundles.ts'
import { obedientModel } from './obedient-model.ts'
import { adminSubmissionPath, entityPath } from './paths.ts'
import { shareService } from './share-service.ts'
import type { Person } from './start-service.ts'

/** A service whose model obeys its bundles, and settled submissions of it to decide on. */
export function shareDecisions() {
  const service = shareService({ script: obedientModel, env: { HUMAN_REVIEW_FOR: 'tools' } })

  /** A settled submission of somebody's, and an admin to decide on it. */
  async function aSubmission(files: Files, by?: Person) {
    const ada = by ?? (await service().asSomebody())
    const admin = await service().asAdmin()
    const { body } = await ada.submit(files)
    const id = (body.submission?.id ?? body.submission_id) as string
    const entityId = (body.id ?? body.entity_id) as string
    const path = adminSubmissionPath(id)
    const settled = () => service().untilSettled(ada, id)
    const readBody = async (from: string) => (await admin.send('GET', from)).body
    await settled()
    return {
      ada,
      admin,
      id,
      entityId,
      path,
      settled,
      decide: (what: string, json?: object, headers = {}) =>
        admin.send('POST', `${path}/${what}`, { ...(json && { json }), headers }),
      read: () => readBody(path),
      readEntity: () => readBody(entityPath(entityId)),
      /** What is on record of one action on it. */
      async audited(action: string) {
        const query = `resource=submission:${id}&action=store.submission.${action}`
        return (await readBody(`/api/admin/audit?${query}`)).items
      },
    }
  }

  return { service, aSubmission }
}
