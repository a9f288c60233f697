import type { ChannelOutcome, StageChange } from './channels.ts'
import type { Notice } from './notice.ts'
import type { TellingPorts } from './tell-people.ts'

/** Tells the tracker how far a piece of work has come, unless it was told of this before. */
export async function tellTracker(
  { store, channels: { tracker } }: TellingPorts,
  { notice, about }: { notice: Notice; about: string },
  change: Omit<StageChange, 'changeId'>,
  signal: AbortSignal,
): Promise<ChannelOutcome[]> {
  if (!tracker) return []
  const target = Object.values(change.workItem).join()
  const before = await store.notices.listMessages(notice.id)
  if (before.some(({ channel }) => channel === 'tracker')) return []
  const outcome = await tracker.notifyStageChange({ ...change, changeId: notice.eventId }, signal)
  if (outcome.kind === 'sent') {
    await store.notices.keepMessage({
      noticeId: notice.id,
      channel: 'tracker',
      target,
      subject: about,
      ref: null,
      shown: 0,
    })
  }
  // Where work is tracked is nobody who could decide: it counts where it fails, and only there.
  return outcome.kind === 'failed' ? [outcome] : []
}
