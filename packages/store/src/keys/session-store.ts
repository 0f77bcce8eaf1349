import type { SessionStore } from '@goalpost/experiments'
import { unconfined } from '../database/confinement.ts'
import type { Database, Queries } from '../database/open-database.ts'
import { recordOf } from './key-views.ts'
import { signalKeys } from './signal-keys.ts'

/** Ended sessions are of no use to anyone after this. */
const keptMs = 7 * 86_400_000

/** Across workspaces: a secret is all that is known of whoever signs in. */
export function createSessionStore(all: Database): SessionStore {
  const database = unconfined(all)

  return {
    find: (secretHash) =>
      database.query(async (queries) => {
        const session = await queries.session.findFirst({ where: { secretHash }, include: { key: true } })
        if (session === null || session.revokedAt !== null || session.expiresAt.getTime() <= Date.now()) return null
        const key = recordOf(session.key)
        if (key === null) return null
        return { ...key, expiresAtMs: Math.min(session.expiresAt.getTime(), key.expiresAtMs ?? Infinity) }
      }),

    create: (keyId, { secretHash, expiresAt }) =>
      database.transaction(async (queries) => {
        await queries.session.create({
          data: { secretHash, keyId, createdAt: new Date(), expiresAt },
          select: { secretHash: true },
        })
        await deleteEnded(queries)
      }),

    revoke: (secretHash) =>
      database.transaction(async (queries) => {
        const { count } = await queries.session.updateMany({
          where: { secretHash, revokedAt: null },
          data: { revokedAt: new Date() },
        })
        if (count > 0) await signalKeys(queries)
      }),

    createLink: (keyId, { tokenHash, expiresAt }) =>
      database.query(async (queries) => {
        await queries.signInLink.create({ data: { tokenHash, keyId, expiresAt }, select: { tokenHash: true } })
      }),

    redeemLink: (tokenHash) =>
      database.transaction(async (queries) => {
        // Of two requests at once, one deletes the row.
        const [link] = await queries.$queryRaw<{ key_id: string; expires_at: Date }[]>`
          DELETE FROM sign_in_links WHERE token_hash = ${tokenHash} RETURNING key_id, expires_at`
        return link === undefined || link.expires_at.getTime() <= Date.now() ? null : link.key_id
      }),
  }
}

async function deleteEnded(queries: Queries): Promise<void> {
  const before = new Date(Date.now() - keptMs)
  await queries.session.deleteMany({ where: { expiresAt: { lt: before } } })
  await queries.signInLink.deleteMany({ where: { expiresAt: { lt: before } } })
}
