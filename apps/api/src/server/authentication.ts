import { createHash, randomBytes } from 'node:crypto'
import { apiKeyScope, GoalpostError, type ApiKeyScope } from '@goalpost/contracts'
import type { ApiKeyLookup, ApiKeyRecord, SessionStore } from '@goalpost/experiments'
import { LRUCache } from 'lru-cache'
import type { Credentials } from './credentials.ts'

/** The owner of a valid API key, or of a session that stands for one. */
export type Caller = ApiKeyRecord

/** What a route needs: a scope, an operator's key, or nothing. The default is `admin`. */
export type Access = ApiKeyScope | 'operator' | 'public'

export type Authenticator = {
  /** Throws `missing-key`, `invalid-key`, `invalid-session` or `insufficient-scope`. */
  authenticate(credentials: Credentials | null, access: Exclude<Access, 'public'>): Promise<Caller>
  /** The id of a key that was valid in the last hour, without a database query. Says whose request it is, and gives no rights. */
  recognise(credentials: Credentials | null): string | null
  /** Looks every key and session up again, because one may have been revoked. */
  forget(): void
}

type Options = {
  readonly now: () => number
  /** For this long a valid key is not looked up again, unless `forget` is called. */
  readonly rememberMs?: number
}

type Remembered = { readonly caller: Caller; readonly untilMs: number }

const touchEveryMs = 60_000
const knownMs = 3_600_000
/** `recognise` knows as many. */
export const knownKeys = 10_000

type Lookups = { readonly keys: ApiKeyLookup; readonly sessions: Pick<SessionStore, 'find'> }

/**
 * Keys and sessions are looked up by the SHA-256 of their secret, so the comparison leaks nothing about it. Invalid
 * ones are never cached.
 */
export function createAuthenticator({ keys, sessions }: Lookups, { now, rememberMs = 5_000 }: Options): Authenticator {
  const remembered = new Map<string, Remembered>()
  const touched = new Map<string, number>()
  const known = new LRUCache<string, string>({ max: knownKeys, ttl: knownMs, perf: { now } })
  // Lookups that began before `forget` must not be remembered after it.
  let generation = 0
  const recall = (credentials: Credentials): Caller | null => {
    const key = nameOf(credentials)
    const entry = remembered.get(key)
    if (entry !== undefined && entry.untilMs > now()) return entry.caller
    remembered.delete(key)
    return null
  }
  const look = async (credentials: Credentials): Promise<Caller | null> => {
    const begun = generation
    const lookup = credentials.kind === 'key' ? keys : sessions
    const caller = await lookup.find(hashSecret(credentials.secret))
    if (remembered.size >= 10_000) remembered.clear()
    if (caller !== null) known.set(nameOf(credentials), caller.id)
    if (caller !== null && begun === generation)
      remembered.set(nameOf(credentials), {
        caller,
        untilMs: Math.min(now() + rememberMs, caller.expiresAtMs ?? Infinity),
      })
    return caller
  }
  const touch = ({ id }: Caller): void => {
    if ((touched.get(id) ?? -Infinity) > now() - touchEveryMs) return
    if (touched.size >= 10_000) touched.clear()
    touched.set(id, now())
    // For people to read: no request waits for it, or fails without it.
    void keys.touch(id).catch(() => undefined)
  }
  return {
    async authenticate(credentials, access) {
      if (credentials === null)
        throw new GoalpostError('missing-key', 'Send the header `Authorization: Bearer <API key>`, or sign in')
      const caller = recall(credentials) ?? (await look(credentials))
      if (caller === null) throw refusals[credentials.kind]()
      requireAccess(caller, access)
      touch(caller)
      return caller
    },
    recognise: (credentials) => (credentials === null ? null : (known.get(nameOf(credentials)) ?? null)),
    forget() {
      generation += 1
      remembered.clear()
    },
  }
}

const refusals = {
  key: () => new GoalpostError('invalid-key', 'This API key is unknown, expired or revoked'),
  session: () => new GoalpostError('invalid-session', 'This session has ended: sign in again'),
}

/** A key's secret must not pass for a session's. */
function nameOf({ kind, secret }: Credentials): string {
  return `${kind} ${hashSecret(secret)}`
}

function requireAccess(caller: Caller, access: Exclude<Access, 'public'>): void {
  if (access === 'operator') {
    if (!caller.operator) throw new GoalpostError('insufficient-scope', "This needs an operator's key")
  } else if (!includesScope(caller.scope, access)) {
    throw new GoalpostError('insufficient-scope', `This needs a key with the scope \`${access}\``)
  }
}

/** Each scope includes those before it. */
export function includesScope(held: ApiKeyScope, needed: ApiKeyScope): boolean {
  return apiKeyScope.options.indexOf(held) >= apiKeyScope.options.indexOf(needed)
}

/** 256 random bits. */
export function createSecret(): string {
  return `gp_${randomBytes(32).toString('base64url')}`
}

export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
