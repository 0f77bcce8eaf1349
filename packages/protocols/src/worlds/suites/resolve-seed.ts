import type { InputIssue } from '@goalpost/contracts'
import type { Deployment } from '@goalpost/experiments'
import type { z } from 'zod'
import type { suite, Suite } from './suite-options.ts'

type Context = { readonly deployment: Deployment; readonly pointer: string; readonly issues: InputIssue[] }

const setUp =
  'Set GOALPOST_SUITE_SALT for the API and all workers (docs/secret-suites.md), or give the suite a number as seed'

/** Replaces the word `secret` with the hash of the salt, so that another salt makes other tasks. */
export function resolveSeed(
  given: z.infer<typeof suite>['seed'],
  { deployment: { saltHash }, pointer, issues }: Context,
): Suite['seed'] {
  if (typeof given === 'number') return given
  if (saltHash === null) {
    issues.push({ pointer, message: 'asks for secret levels, but this service has no salt', remedy: setUp })
    return 0
  }
  const wanted = given === 'secret' ? saltHash : given.secret
  if (wanted !== saltHash)
    issues.push({
      pointer,
      message: `names the salt with the hash ${wanted}, but this service has the one with the hash ${saltHash}`,
      remedy: 'Give the service its previous salt, or write `secret` to use the current one',
    })
  return { secret: wanted }
}
