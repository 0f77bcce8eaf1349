import { createHash } from 'node:crypto'

/** Shorter ones could be found by trying: their hash is public. */
export const shortestSalt = 32

/**
 * What a service is set up with, as far as specs depend on it. The salt itself stays with those who compute; its hash goes
 * into resolved specs, and so into the identity of what is computed with it.
 */
export type Deployment = {
  /** SHA-256 of the operator's secret salt in lower-case hex; null where there is none. */
  readonly saltHash: string | null
}

/** SHA-256 of a salt's UTF-8, in lower-case hex; null of none. */
export function hashSalt(salt: string | null): string | null {
  return salt === null ? null : createHash('sha256').update(salt).digest('hex')
}
