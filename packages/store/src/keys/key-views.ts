import { apiKeyScope, type ApiKeyScope, type ApiKeyView } from '@goalpost/contracts'
import type { ApiKeyRecord } from '@goalpost/experiments'
import type { ApiKey } from '../generated/client.ts'

export type StoredKey = ApiKey & {
  readonly workspace: { readonly name: string }
  /** A new key is nobody's yet. */
  readonly member?: { readonly keyId: string } | null
}

/** Scopes include each other; keys of earlier versions list several, and call `manage` `write`. */
export function scopeOf({ scopes }: Pick<ApiKey, 'scopes'>): ApiKeyScope {
  const held = scopes.map((scope) => apiKeyScope.parse(scope === 'write' ? 'manage' : scope))
  return apiKeyScope.options.findLast((scope) => held.includes(scope)) ?? 'read'
}

export function stateOf({ revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>): ApiKeyView['state'] {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && expiresAt.getTime() <= Date.now() ? 'expired' : 'active'
}

/** Null for a key that does not work. */
export function recordOf(key: ApiKey): ApiKeyRecord | null {
  if (stateOf(key) !== 'active') return null
  const { id, name, workspaceId, operator, expiresAt } = key
  return { id, name, workspaceId, scope: scopeOf(key), operator, expiresAtMs: expiresAt?.getTime() ?? null }
}

export function viewOf(key: StoredKey): ApiKeyView {
  return {
    id: key.id,
    workspace: key.workspace.name,
    name: key.name,
    scope: scopeOf(key),
    operator: key.operator,
    member: (key.member ?? null) !== null,
    state: stateOf(key),
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  }
}
