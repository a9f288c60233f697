/**
 * How the service is, as far as the database knows: the same in every process that reads it.
 *
 * Ages are of the oldest thing that waits, in seconds; 0 while nothing does.
 */
export interface Vitals {
  /** A review that is due and that nobody has taken up. */
  oldestDueS: number
  /** A submission that waits for a person. */
  oldestHumanS: number
  /** An audit entry without its place in the chain. */
  oldestUnsealedS: number
  /** An event that no stream and no webhook has been told. */
  oldestUntoldS: number
  /** A delivery to a webhook that is due. */
  oldestDeliveryS: number
  /** Something approved that is not yet what its entity serves. */
  promotionLagS: number
  openReviews: Readonly<Record<string, number>>
  /** Open reviews that cannot go on, by the reason. */
  held: Readonly<Record<string, number>>
  isPaused: boolean
  /** Whether the provider refused us the last time it was asked. */
  isReviewerRefused: boolean
  workers: { alive: number; active: number; capacity: number }
  /** What the probe of the served state found, and how long ago; `null` before its first pass. */
  probe: { drifted: number; ageS: number } | null
}

/** One number, or one a label, that is shown of the vitals; `null` shows nothing. */
export interface VitalGauge {
  name: string
  /** The question it answers. */
  help: string
  label?: string
  read(vitals: Vitals): number | Readonly<Record<string, number>> | null
}

/** Everything that is shown of the vitals, each the answer to a question. */
export const vitalGauges: readonly VitalGauge[] = [
  {
    name: 'countersign_oldest_due_seconds',
    help: 'Is anything late? Age of the oldest review that is due and untouched.',
    read: ({ oldestDueS }) => oldestDueS,
  },
  {
    name: 'countersign_oldest_human_wait_seconds',
    help: 'Does anybody wait for us? Age of the oldest submission that needs a person.',
    read: ({ oldestHumanS }) => oldestHumanS,
  },
  {
    name: 'countersign_oldest_unsealed_seconds',
    help: 'Is the audit being sealed? Age of the oldest entry outside of the chain.',
    read: ({ oldestUnsealedS }) => oldestUnsealedS,
  },
  {
    name: 'countersign_oldest_untold_seconds',
    help: 'Are events being told? Age of the oldest one without a place in the stream.',
    read: ({ oldestUntoldS }) => oldestUntoldS,
  },
  {
    name: 'countersign_oldest_delivery_seconds',
    help: 'Do webhooks keep up? Age of the oldest delivery that is due.',
    read: ({ oldestDeliveryS }) => oldestDeliveryS,
  },
  {
    name: 'countersign_promotion_lag_seconds',
    help: 'Is everything live that was approved? Age of the oldest approval that is not served.',
    read: ({ promotionLagS }) => promotionLagS,
  },
  {
    name: 'countersign_open_reviews',
    help: 'How much is there to do? Open reviews, by status.',
    label: 'status',
    read: ({ openReviews }) => openReviews,
  },
  {
    name: 'countersign_held_reviews',
    help: 'Why does nothing move? Open reviews that cannot go on, by reason.',
    label: 'reason',
    read: ({ held }) => held,
  },
  {
    name: 'countersign_paused',
    help: 'Did somebody stop the reviews? 1 while they are paused.',
    read: ({ isPaused }) => Number(isPaused),
  },
  {
    name: 'countersign_reviewer_refused',
    help: 'Does the provider take our key? 1 after it refused, until it answers again.',
    read: ({ isReviewerRefused }) => Number(isReviewerRefused),
  },
  {
    name: 'countersign_workers',
    help: 'Is anybody working? Workers whose heart beat in the last 30 seconds.',
    read: ({ workers }) => workers.alive,
  },
  {
    name: 'countersign_worker_slots',
    help: 'Would more workers help? Places for reviews in all workers, by whether they are taken.',
    label: 'state',
    read: ({ workers: { active, capacity } }) => ({ taken: active, free: capacity - active }),
  },
  {
    name: 'countersign_served_drift',
    help: 'Is what is served what is live? Entities that the last probe found to differ.',
    read: ({ probe }) => probe?.drifted ?? null,
  },
  {
    name: 'countersign_served_probe_age_seconds',
    help: 'Is anybody looking? Time since the served state was last probed.',
    read: ({ probe }) => probe?.ageS ?? null,
  },
]
