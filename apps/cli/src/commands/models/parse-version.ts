import { GoalpostError, versionReference, type VersionReference } from '@goalpost/contracts'

/** `12`, `candidate` or `latest`. */
export function parseVersion(text: string): VersionReference {
  const parsed = versionReference.safeParse(/^\d+$/.test(text) ? Number(text) : text)
  if (parsed.success) return parsed.data
  throw new GoalpostError('invalid-request', `A version is a number, an alias or latest, not ${JSON.stringify(text)}`)
}
