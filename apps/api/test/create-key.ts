import type { ApiKeyScope } from '@goalpost/contracts'
import type { Store } from '@goalpost/store'
import { createSecret, hashSecret } from '../src/server/authentication.ts'

type NewKey = {
  readonly workspace: string
  readonly scope: ApiKeyScope
  readonly operator?: boolean
  readonly expiresAt?: Date
}

/** Stores a key, with its workspace if needed, and returns the secret. */
export async function createKey(
  { apiKeys, workspaces }: Pick<Store, 'apiKeys' | 'workspaces'>,
  { workspace, ...rights }: NewKey,
): Promise<string> {
  const secret = createSecret()
  const key = { name: 'test', secretHash: hashSecret(secret), ...rights }
  await apiKeys.create(await workspaces.ensure(workspace), key, { key: null, address: null })
  return secret
}
