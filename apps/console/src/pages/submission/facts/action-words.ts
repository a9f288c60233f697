const words: Readonly<Record<string, string>> = {
  'store.entity.create': 'created it',
  'store.entity.update': 'edited it',
  'store.entity.restore': 'restored an old version',
  'store.entity.archive': 'archived it',
  'store.entity.install': 'installed it',
  'store.entity.uninstall': 'uninstalled it',
  'store.submission.accepted': 'submitted it',
  'store.submission.blocked_inline': 'blocked it: the checks found a reason',
  'store.submission.needs_human': 'asked for a person',
  'store.submission.withdrawn': 'withdrew it',
  'store.submission.approved': 'approved it',
  'store.submission.blocked_llm': 'blocked it: the model found a reason',
  'store.submission.review_error': 'came to no verdict',
  'store.submission.overridden': 'overrode the verdict',
  'store.submission.rejected': 'rejected it',
  'store.submission.rescan': 'asked for a rescan',
  'store.submission.retry': 'asked the model again',
  'store.submission.deleted': 'deleted it',
  'store.submission.commented': 'wrote to the other side',
  'store.submission.noted': 'left a note for admins',
  'store.submission.claimed': 'claimed it',
  'store.submission.released': 'gave it back',
  'store.submission.bundle_downloaded': 'downloaded the bundle',
  'store.submission.bg_verdict_skipped': 'came too late with a verdict',
  'store.submission.held': 'held it for now',
  'store.submission.recovered': 'went on after an interruption',
  'store.submission.purged': 'removed the bytes',
}

/** What was done, in words; as it is called, where there are none. */
export function actionWords(action: string): string {
  return words[action] ?? action
}
