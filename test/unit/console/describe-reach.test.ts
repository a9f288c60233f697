import { describeReach } from '@countersign/console/wording/describe-reach'
import { expect, test } from 'vitest'

const reachOf = (
  visibility_status: 'pending' | 'approved' | 'hidden' | 'archived',
  version_no: number | null,
  install_count?: number,
) =>
  describeReach(
    { visibility_status, version_no, ...(install_count !== undefined && { install_count }) },
    3,
  )

test.each([
  [reachOf('pending', null, 0), 'Installers will get version 3; nobody has it installed'],
  [
    reachOf('approved', 2, 1),
    'Installers will get version 3 instead of version 2; 1 person has it installed',
  ],
  [
    reachOf('hidden', 2, 1214),
    'Installers will get version 3 instead of nothing; 1,214 people have it installed',
  ],
  [
    reachOf('hidden', 3, 2),
    'Installers will get version 3 instead of nothing; 2 people have it installed',
  ],
  [reachOf('approved', 4), 'Installers stay with version 4, which is newer'],
  [reachOf('archived', 2), 'Installers get nothing, for it is archived'],
])('what a version would change for installers is one sentence: %s', (said, sentence) => {
  expect(said).toBe(sentence)
})
