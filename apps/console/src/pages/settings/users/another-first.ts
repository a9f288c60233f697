/** What is said to an admin who may not do something alone: the question is put, and they ask again after it. */
export const anotherFirst =
  'Another admin has to approve this first: it waits under Approvals. After that, do it here again.'
