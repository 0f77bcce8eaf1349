import type { ApiKeyRecord } from './api-key-store.ts'

/** A session's key; `expiresAtMs` is when the session or its key ends, whichever is first. */
export type SessionRecord = ApiKeyRecord & { readonly expiresAtMs: number }

/** Browser sessions. Secrets are stored as SHA-256 only. Implemented by packages/store. */
export type SessionStore = {
  /** Null if there is none, or it or its key has expired or was revoked. */
  find(secretHash: string): Promise<SessionRecord | null>
  /** Starts a session of the key, and deletes sessions and links that ended long ago. */
  create(keyId: string, session: { readonly secretHash: string; readonly expiresAt: Date }): Promise<void>
  /** Ends it at once, in every API process. */
  revoke(secretHash: string): Promise<void>
  /** A link that starts a session of the key, once. */
  createLink(keyId: string, link: { readonly tokenHash: string; readonly expiresAt: Date }): Promise<void>
  /** Uses the link up. The id of its key; null if there is none, or it was used or has expired. */
  redeemLink(tokenHash: string): Promise<string | null>
}
