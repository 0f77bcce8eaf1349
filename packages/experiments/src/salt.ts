import { createHash } from 'node:crypto'

/** Shorter ones could be guessed: their hash is public. */
export const shortestSalt = 32

/**
 * The settings of a service that specs depend on. The salt itself stays with the programs that compute; its hash goes
 * into resolved specs, and so into the identity of tasks that use it.
 */
export type Deployment = {
  /** SHA-256 of the operator's secret salt in lower-case hex; null if there is none. */
  readonly saltHash: string | null
}

/** SHA-256 of a salt's UTF-8, in lower-case hex; null if there is none. */
export function hashSalt(salt: string | null): string | null {
  return salt === null ? null : createHash('sha256').update(salt).digest('hex')
}
