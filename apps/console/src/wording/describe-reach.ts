import type { EntityView } from '@countersign/sdk'
import { plural } from './numbers.ts'

type Served = Pick<EntityView, 'visibility_status' | 'version_no' | 'install_count'>

/** What installers get once a version has passed, what they get instead of it, and how many they are. */
export function describeReach(entity: Served, n: number): string {
  return `${describeServed(entity, n)}${describeInstalls(entity.install_count)}`
}

/** What is live only rises, and what was archived is served to nobody. */
function describeServed({ visibility_status: life, version_no: live }: Served, n: number): string {
  if (life === 'archived') return 'Installers get nothing, for it is archived'
  if (live !== null && n < live) return `Installers stay with version ${live}, which is newer`
  const before = life === 'hidden' ? 'nothing' : `version ${live}`
  return `Installers will get version ${n}${live === null ? '' : ` instead of ${before}`}`
}

function describeInstalls(count: number | undefined): string {
  if (count === undefined) return ''
  return `; ${installers(count)} ${count > 1 ? 'have' : 'has'} it installed`
}

/** How many people have something installed, in words. */
export function installers(count: number): string {
  return count === 0 ? 'nobody' : plural(count, 'person', 'people')
}
