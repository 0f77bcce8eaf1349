import { createHash, randomBytes } from 'node:crypto'
import { GoalpostError, type ApiKeyScope } from '@goalpost/contracts'
import type { ApiKeyRecord, ApiKeyStore } from '@goalpost/experiments'

/** The owner of a valid API key. */
export type Caller = ApiKeyRecord

/** `admin` may do what `write` may, `write` what `read` may. */
const implied: Readonly<Record<ApiKeyScope, readonly ApiKeyScope[]>> = {
  read: ['read', 'write', 'admin'],
  write: ['write', 'admin'],
  admin: ['admin'],
}

/** The scope that a route needs, or none. The default is `admin`. */
export type Access = ApiKeyScope | 'public'

export type Authenticator = {
  /** Throws `missing-key`, `invalid-key` or `insufficient-scope`. */
  authenticate(authorization: string | undefined, scope: ApiKeyScope): Promise<Caller>
  /** The id of a recently validated key: identifies callers without a database query. */
  recognise(authorization: string | undefined): string | null
}

type Remembered = { readonly caller: Caller; readonly untilMs: number }

/**
 * Keys are looked up by their SHA-256, so the comparison leaks nothing about the secret. A valid key is
 * cached for `rememberMs`, during which a revoked one still works; an invalid one never is.
 */
export function createAuthenticator(keys: ApiKeyStore, now: () => number, rememberMs = 5_000): Authenticator {
  const remembered = new Map<string, Remembered>()
  const recall = (hash: string): Caller | null => {
    const entry = remembered.get(hash)
    if (entry !== undefined && entry.untilMs > now()) return entry.caller
    remembered.delete(hash)
    return null
  }
  const look = async (hash: string): Promise<Caller | null> => {
    const caller = await keys.find(hash)
    if (remembered.size >= 10_000) remembered.clear()
    if (caller !== null) remembered.set(hash, { caller, untilMs: now() + rememberMs })
    return caller
  }
  return {
    async authenticate(authorization, scope) {
      const secret = bearerOf(authorization)
      if (secret === null) throw new GoalpostError('missing-key', 'Send the header `Authorization: Bearer <API key>`')
      const hash = hashSecret(secret)
      const caller = recall(hash) ?? (await look(hash))
      if (caller === null) throw new GoalpostError('invalid-key', 'This API key is unknown or was revoked')
      if (!caller.scopes.some((held) => implied[scope].includes(held))) {
        throw new GoalpostError('insufficient-scope', `This needs a key with the scope \`${scope}\``)
      }
      return caller
    },
    recognise(authorization) {
      const secret = bearerOf(authorization)
      return secret === null ? null : (recall(hashSecret(secret))?.id ?? null)
    },
  }
}

export type NewApiKey = {
  readonly workspace: string
  readonly name: string
  readonly scopes: readonly ApiKeyScope[]
  /** The secret to use; a new one by default. */
  readonly secret?: string
}

/** Creates the key and its workspace if needed. Returns the secret, which is not stored. */
export async function createApiKey(keys: ApiKeyStore, key: NewApiKey): Promise<string> {
  const secret = key.secret ?? `gp_${randomBytes(32).toString('base64url')}`
  const secretHash = hashSecret(secret)
  const workspaceId = await keys.ensureWorkspace(key.workspace)
  if ((await keys.find(secretHash)) === null)
    await keys.create(workspaceId, { name: key.name, secretHash, scopes: key.scopes })
  return secret
}

function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

function bearerOf(authorization: string | undefined): string | null {
  return /^Bearer +(\S{1,200})$/i.exec(authorization ?? '')?.[1] ?? null
}
