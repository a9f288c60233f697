import type { Store } from '@countersign/core/repositories'
import type { Database } from './client.ts'
import type { Connection } from './connection.ts'
import { createApprovalStore } from './repositories/approvals/approval-store.ts'
import { createAuditRepository } from './repositories/audit-repository.ts'
import { createBatchRepository } from './repositories/batch-repository.ts'
import { createAppealRepository } from './repositories/deciding/appeal-repository.ts'
import { createAssignmentRepository } from './repositories/deciding/assignment-repository.ts'
import { createEntityRepository } from './repositories/entity-repository.ts'
import { createEventRepository } from './repositories/event-repository.ts'
import { createFindingRepository } from './repositories/findings/finding-repository.ts'
import { createSuppressionRepository } from './repositories/findings/suppression-repository.ts'
import { createInstallRepository } from './repositories/install-repository.ts'
import { createPrincipalRepository } from './repositories/principal-repository.ts'
import { createSettingRepository } from './repositories/setting-repository.ts'
import { createSubmissionRepository } from './repositories/submission-repository.ts'
import { createAnswerRepository } from './repositories/telling/answer-repository.ts'
import { createDeliveryRepository } from './repositories/telling/delivery-repository.ts'
import { createNoticeRepository } from './repositories/telling/notice-repository.ts'
import { createWebhookRepository } from './repositories/telling/webhook-repository.ts'
import { createTokenRepository } from './repositories/token-repository.ts'
import { createVerdictRepository } from './repositories/verdict-repository.ts'
import { createVersionRepository } from './repositories/version-repository.ts'
import { createWorkerRepository } from './repositories/worker-repository.ts'

/** The repositories over a pool, or over one transaction. */
export function createStore(db: Connection): Store {
  return {
    ...createApprovalStore(db),
    principals: createPrincipalRepository(db),
    tokens: createTokenRepository(db),
    entities: createEntityRepository(db),
    versions: createVersionRepository(db),
    submissions: createSubmissionRepository(db),
    assignments: createAssignmentRepository(db),
    appeals: createAppealRepository(db),
    findings: createFindingRepository(db),
    suppressions: createSuppressionRepository(db),
    verdicts: createVerdictRepository(db),
    batches: createBatchRepository(db),
    installs: createInstallRepository(db),
    audit: createAuditRepository(db),
    events: createEventRepository(db),
    webhooks: createWebhookRepository(db),
    deliveries: createDeliveryRepository(db),
    notices: createNoticeRepository(db),
    answers: createAnswerRepository(db),
    settings: createSettingRepository(db),
    workers: createWorkerRepository(db),
  }
}

/** Runs work in one transaction of the pool: all of it happens, or none. */
export function createTransact(db: Database) {
  return <T>(work: (store: Store) => Promise<T>): Promise<T> =>
    db.transaction((tx) => work(createStore(tx)))
}
