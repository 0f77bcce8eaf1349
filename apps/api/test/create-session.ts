import type { Store } from '@goalpost/store'
import { createSecret, hashSecret } from '../src/server/authentication.ts'

/** Stores a session of a key, and returns its secret. */
export async function createSession(
  { apiKeys, sessions }: Pick<Store, 'apiKeys' | 'sessions'>,
  key: string,
  { expiresAt = new Date(Date.now() + 3_600_000) }: { readonly expiresAt?: Date } = {},
): Promise<string> {
  const secret = createSecret()
  const { id } = (await apiKeys.find(hashSecret(key)))!
  await sessions.create(id, { secretHash: hashSecret(secret), expiresAt })
  return secret
}
