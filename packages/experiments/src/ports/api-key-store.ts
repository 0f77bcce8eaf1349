import type { ApiKeyScope } from '@goalpost/contracts'

export type ApiKeyRecord = {
  readonly id: string
  readonly workspaceId: string
  readonly scopes: readonly ApiKeyScope[]
}

export type ApiKeyStore = {
  /** By the SHA-256 of the secret; null if there is none or it was revoked. */
  find(secretHash: string): Promise<ApiKeyRecord | null>
  create(
    workspaceId: string,
    key: { name: string; secretHash: string; scopes: readonly ApiKeyScope[] },
  ): Promise<string>
  ensureWorkspace(name: string): Promise<string>
}
