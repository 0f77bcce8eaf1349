import type { ApiKeyView } from '@goalpost/contracts'
import type { Actor, ApiKeyRecord, ApiKeyStore, KeyChange } from '@goalpost/experiments'
import { unconfined } from '../database/confinement.ts'
import { decodeCursor, pageOf } from '../database/cursor.ts'
import { listen } from '../database/listen.ts'
import type { Database, Queries } from '../database/open-database.ts'
import { ensureBootstrapKey } from './bootstrap-key.ts'
import { insertKey } from './insert-key.ts'
import { isLastAdmin, lastAdminMessage } from './last-admin.ts'
import { recordOf, scopeOf, stateOf, viewOf, type StoredKey } from './key-views.ts'
import { keysChannel, signalKeys } from './signal-keys.ts'
import { listAudit, recordAudit } from './record-audit.ts'
import { lockWorkspace } from '../tasks/change.ts'

const withOwner = { workspace: { select: { name: true } }, member: { select: { keyId: true } } } as const

/** `url` is for `watch`, which has a connection of its own. */
export function createApiKeyStore(database: Database, url: string): ApiKeyStore {
  // A secret is all that is known of who sends a request.
  const all = unconfined(database)
  return {
    find: (secretHash) => all.query((queries) => findBySecret(queries, secretHash)),

    touch: (id) => all.query((queries) => recordUse(queries, id)),

    list: (workspaceId, { cursor, limit }) =>
      database.query(async (queries) => {
        const [after] = cursor === undefined ? [] : decodeCursor(cursor, ['id'])
        const rows = await queries.apiKey.findMany({
          where: { workspaceId, ...(after === undefined ? {} : { id: { lt: String(after) } }) },
          include: withOwner,
          orderBy: { id: 'desc' },
          take: limit + 1,
        })
        return pageOf(rows, limit, { item: viewOf, position: ({ id }) => [id] })
      }),

    get: (workspaceId, id) =>
      database.query(async (queries) => {
        const key = await findKey(queries, workspaceId, id)
        return key === null ? null : viewOf(key)
      }),

    create: (workspaceId, key, actor) =>
      database.transaction(async (queries) => {
        const view = viewOf(await insertKey(queries, workspaceId, key))
        await recordAudit(queries, actor, {
          workspaceId,
          action: 'api-key.created',
          subject: subjectOf(view),
          before: null,
          after: rightsOf(view),
        })
        return view
      }),

    revoke: (workspaceId, id, actor) =>
      database.transaction(async (queries) => {
        // So that two requests do not revoke the last two keys at once.
        await lockWorkspace(queries, workspaceId)
        const key = await findKey(queries, workspaceId, id)
        if (key === null) return notFound
        if (key.revokedAt !== null) return { ok: true, key: viewOf(key) }
        if (viewOf(key).member) return ofMember
        if (await isLastAdmin(queries, key)) return lastAdmin
        return { ok: true, key: await revokeKey(queries, key, actor) }
      }),

    rotate: (workspaceId, id, { secretHash, graceMs }, actor) =>
      database.transaction((queries) => rotateKey(queries, { workspaceId, id, secretHash, graceMs }, actor)),

    ensureBootstrap: (secretHash) => all.transaction((queries) => ensureBootstrapKey(queries, secretHash)),

    audit: (workspaceId, query) => database.query((queries) => listAudit(queries, workspaceId, query)),

    watch: (onChange) => listen({ url, channel: keysChannel, onSignal: onChange }),
  }
}

const notFound: KeyChange = { ok: false, code: 'not-found', message: 'API key not found' }
const lastAdmin: KeyChange = {
  ok: false,
  code: 'state-conflict',
  message: lastAdminMessage,
}
const ofMember: KeyChange = {
  ok: false,
  code: 'state-conflict',
  message: 'This key stands for a member: remove the member instead, with `goalpost members remove`',
}

async function findBySecret(queries: Queries, secretHash: string): Promise<ApiKeyRecord | null> {
  const key = await queries.apiKey.findFirst({ where: { secretHash } })
  return key === null ? null : recordOf(key)
}

/** At most once a minute, however many processes see the key. */
async function recordUse(queries: Queries, id: string): Promise<void> {
  await queries.$executeRaw`
    UPDATE api_keys SET last_used_at = date_trunc('minute', now())
    WHERE id = ${id}::uuid AND (last_used_at IS NULL OR last_used_at < date_trunc('minute', now()))`
}

async function rotateKey(
  queries: Queries,
  { workspaceId, id, secretHash, graceMs }: { workspaceId: string; id: string; secretHash: string; graceMs: number },
  actor: Actor,
): Promise<KeyChange> {
  await lockWorkspace(queries, workspaceId)
  const former = await findKey(queries, workspaceId, id)
  if (former === null) return notFound
  const state = stateOf(former)
  if (state !== 'active')
    return { ok: false, code: 'state-conflict', message: `The key is ${state}: create a new one instead` }
  // A successor would outlive the membership: `members remove` ends only the member's own key.
  if (viewOf(former).member) return ofMember
  const successor = viewOf(
    await insertKey(queries, workspaceId, {
      name: former.name,
      secretHash,
      scope: scopeOf(former),
      operator: former.operator,
      expiresAt: former.expiresAt,
    }),
  )
  const graceEnd = new Date(Date.now() + graceMs)
  const expiresAt = former.expiresAt !== null && former.expiresAt < graceEnd ? former.expiresAt : graceEnd
  await queries.apiKey.update({ where: { id }, data: { expiresAt }, select: { id: true } })
  await signalKeys(queries)
  await recordAudit(queries, actor, {
    workspaceId,
    action: 'api-key.rotated',
    subject: subjectOf(viewOf(former)),
    before: { expiresAt: former.expiresAt?.toISOString() ?? null },
    after: { expiresAt: expiresAt.toISOString(), successor: successor.id },
  })
  return { ok: true, key: successor }
}

async function revokeKey(queries: Queries, key: StoredKey, actor: Actor): Promise<ApiKeyView> {
  const revokedAt = new Date()
  await queries.apiKey.update({ where: { id: key.id }, data: { revokedAt }, select: { id: true } })
  await signalKeys(queries)
  const view = viewOf({ ...key, revokedAt })
  await recordAudit(queries, actor, {
    workspaceId: key.workspaceId,
    action: 'api-key.revoked',
    subject: subjectOf(view),
    before: { state: stateOf(key) },
    after: { state: 'revoked' },
  })
  return view
}

function findKey(queries: Queries, workspaceId: string, id: string): Promise<StoredKey | null> {
  return queries.apiKey.findFirst({ where: { id, workspaceId }, include: withOwner })
}

const subjectOf = ({ id, name }: ApiKeyView) => ({ type: 'api-key', id, name })
const rightsOf = ({ scope, operator, expiresAt }: ApiKeyView) => ({ scope, operator, expiresAt })
