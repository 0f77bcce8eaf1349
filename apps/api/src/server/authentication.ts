import { createHash, randomBytes } from 'node:crypto'
import { apiKeyScope, GoalpostError, type ApiKeyScope } from '@goalpost/contracts'
import type { ApiKeyLookup, ApiKeyRecord } from '@goalpost/experiments'

/** The owner of a valid API key. */
export type Caller = ApiKeyRecord

/** What a route needs: a scope, an operator's key, or nothing. The default is `admin`. */
export type Access = ApiKeyScope | 'operator' | 'public'

export type Authenticator = {
  /** Throws `missing-key`, `invalid-key` or `insufficient-scope`. */
  authenticate(authorization: string | undefined, access: Exclude<Access, 'public'>): Promise<Caller>
  /** The id of a recently validated key: identifies callers without a database query. */
  recognise(authorization: string | undefined): string | null
  /** Looks every key up again, because one may have been revoked. */
  forget(): void
}

type Options = {
  readonly now: () => number
  /** For this long a valid key is not looked up again, unless `forget` is called. */
  readonly rememberMs?: number
}

type Remembered = { readonly caller: Caller; readonly untilMs: number }

const touchEveryMs = 60_000

/** Keys are looked up by their SHA-256, so the comparison leaks nothing about the secret. Invalid ones are never cached. */
export function createAuthenticator(keys: ApiKeyLookup, { now, rememberMs = 5_000 }: Options): Authenticator {
  const remembered = new Map<string, Remembered>()
  const touched = new Map<string, number>()
  // Lookups that began before `forget` must not be remembered after it.
  let generation = 0
  const recall = (hash: string): Caller | null => {
    const entry = remembered.get(hash)
    if (entry !== undefined && entry.untilMs > now()) return entry.caller
    remembered.delete(hash)
    return null
  }
  const look = async (hash: string): Promise<Caller | null> => {
    const begun = generation
    const caller = await keys.find(hash)
    if (remembered.size >= 10_000) remembered.clear()
    if (caller !== null && begun === generation)
      remembered.set(hash, { caller, untilMs: Math.min(now() + rememberMs, caller.expiresAtMs ?? Infinity) })
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
    async authenticate(authorization, access) {
      const secret = bearerOf(authorization)
      if (secret === null) throw new GoalpostError('missing-key', 'Send the header `Authorization: Bearer <API key>`')
      const hash = hashSecret(secret)
      const caller = recall(hash) ?? (await look(hash))
      if (caller === null) throw new GoalpostError('invalid-key', 'This API key is unknown, expired or revoked')
      requireAccess(caller, access)
      touch(caller)
      return caller
    },
    recognise(authorization) {
      const secret = bearerOf(authorization)
      return secret === null ? null : (recall(hashSecret(secret))?.id ?? null)
    },
    forget() {
      generation += 1
      remembered.clear()
    },
  }
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

function bearerOf(authorization: string | undefined): string | null {
  return /^Bearer +(\S{1,200})$/i.exec(authorization ?? '')?.[1] ?? null
}
