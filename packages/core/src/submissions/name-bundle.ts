import { ServiceError } from '../errors.ts'
import type { OpenedBundle } from '../ports.ts'
import { kebab, slugFor } from '../store/entity.ts'

/** Who submits a bundle, and what they call it, if they say. */
export interface Naming {
  name?: string | undefined
  personHandle: string
}

export interface Named {
  name: string
  slug: string
}

/** Settles what a bundle is called: what the submitter says, or else what it says itself. */
export function nameBundle(naming: Naming, bundle: Pick<OpenedBundle, 'name'>): Named {
  const named = findName(naming, bundle)
  if (named) return named
  throw new ServiceError('validation_failed', {
    detail: 'The name needs a letter or digit, and has 64 characters at most.',
    members: {
      errors: [{ path: 'name', message: 'needs a letter or digit, 64 characters at most' }],
    },
  })
}

/** The same, or nothing where neither is a name. */
export function findName(
  { name, personHandle }: Naming,
  bundle: Pick<OpenedBundle, 'name'>,
): Named | undefined {
  const chosen = (name ?? bundle.name ?? '').trim()
  if (kebab(chosen) === '' || chosen.length > 64) return undefined
  return { name: chosen, slug: slugFor(chosen, personHandle) }
}
