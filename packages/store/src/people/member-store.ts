import type { ApiKeyScope, MemberView } from '@goalpost/contracts'
import type {
  Account,
  Actor,
  MemberChangeOutcome,
  MemberRemoval,
  MemberStore,
  MemberToStore,
  SigningIn,
} from '@goalpost/experiments'
import { unconfined } from '../database/confinement.ts'
import { decodeCursor, pageOf } from '../database/cursor.ts'
import type { Database, Queries } from '../database/open-database.ts'
import type { ApiKey, Member } from '../generated/client.ts'
import { insertKey } from '../keys/insert-key.ts'
import { scopeOf, stateOf } from '../keys/key-views.ts'
import { isLastAdmin, lastAdminMessage } from '../keys/last-admin.ts'
import { recordAudit } from '../keys/record-audit.ts'
import { signalKeys } from '../keys/signal-keys.ts'
import { lockWorkspace } from '../tasks/change.ts'

export function createMemberStore(database: Database): MemberStore {
  return {
    list: (workspaceId, { cursor, limit }) =>
      database.query(async (queries) => {
        const [after] = cursor === undefined ? [] : decodeCursor(cursor, ['id'])
        const rows = await queries.member.findMany({
          where: { workspaceId, removedAt: null, ...(after === undefined ? {} : { keyId: { lt: String(after) } }) },
          include: { key: true },
          orderBy: { keyId: 'desc' },
          take: limit + 1,
        })
        return pageOf(rows, limit, { item: viewOf, position: ({ keyId }) => [keyId] })
      }),

    add: (workspaceId, member, actor) =>
      database.transaction((queries) => addMember(queries, workspaceId, { ...member, actor })),

    change: (workspaceId, id, scope, actor) =>
      database.transaction((queries) => changeScope(queries, { workspaceId, id, actor }, scope)),

    remove: (workspaceId, id, actor) =>
      database.transaction((queries) => removeMember(queries, { workspaceId, id, actor })),

    // The account is all that is known of who signs in.
    signIn: (account, signingIn) =>
      unconfined(database).transaction(async (queries) => {
        await bindAccount(queries, account)
        return startSignIn(queries, account, signingIn)
      }),
  }
}

async function addMember(
  queries: Queries,
  workspaceId: string,
  { email, scope, secretHash, actor }: MemberToStore & { readonly actor: Actor },
): Promise<MemberView | null> {
  await lockWorkspace(queries, workspaceId)
  const present = await queries.member.findFirst({
    where: { workspaceId, email, removedAt: null },
    include: { key: true },
  })
  if (present !== null && stateOf(present.key) === 'active') return null
  // With a key that works no more, nobody can sign in.
  if (present !== null)
    await queries.member.update({ where: { keyId: present.keyId }, data: { removedAt: new Date() } })
  const key = await insertKey(queries, workspaceId, { name: email, secretHash, scope })
  const member = await queries.member.create({ data: { keyId: key.id, workspaceId, email } })
  const subject = { type: 'member', id: key.id, name: email }
  await recordAudit(queries, actor, { workspaceId, action: 'member.added', subject, before: null, after: { scope } })
  return viewOf({ ...member, key })
}

type Changing = { readonly workspaceId: string; readonly id: string; readonly actor: Actor }

/** Locks the workspace, so that two requests do not take the rights of the last two administrators at once. */
async function findPresent(queries: Queries, { workspaceId, id }: Changing) {
  await lockWorkspace(queries, workspaceId)
  return queries.member.findFirst({ where: { keyId: id, workspaceId, removedAt: null }, include: { key: true } })
}

async function changeScope(queries: Queries, which: Changing, scope: ApiKeyScope): Promise<MemberChangeOutcome> {
  const { workspaceId, id, actor } = which
  const found = await findPresent(queries, which)
  if (found === null) return { ok: false, code: 'not-found' }
  const former = scopeOf(found.key)
  if (former === scope) return { ok: true, member: viewOf(found) }
  if (await isLastAdmin(queries, found.key)) return { ok: false, code: 'state-conflict', message: lastAdminMessage }
  const key = await queries.apiKey.update({ where: { id }, data: { scopes: [scope] } })
  await signalKeys(queries)
  await recordAudit(queries, actor, {
    workspaceId,
    action: 'member.changed',
    subject: { type: 'member', id, name: found.email },
    before: { scope: former },
    after: { scope },
  })
  return { ok: true, member: viewOf({ ...found, key }) }
}

async function removeMember(queries: Queries, which: Changing): Promise<MemberRemoval> {
  const { workspaceId, id, actor } = which
  const found = await findPresent(queries, which)
  if (found === null) return { ok: false, code: 'not-found' }
  if (await isLastAdmin(queries, found.key)) return { ok: false, code: 'state-conflict', message: lastAdminMessage }
  const now = new Date()
  await queries.member.update({ where: { keyId: id }, data: { removedAt: now } })
  await queries.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } })
  await signalKeys(queries)
  await recordAudit(queries, actor, {
    workspaceId,
    action: 'member.removed',
    subject: { type: 'member', id, name: found.email },
    before: { scope: scopeOf(found.key) },
    after: null,
  })
  return { ok: true }
}

/** An address may later be somebody else's, an account never is. */
async function bindAccount(queries: Queries, { issuer, subject, email }: Account): Promise<void> {
  if (email === null) return
  await queries.member.updateMany({
    where: { email: email.toLowerCase(), removedAt: null, subject: null },
    data: { issuer, subject },
  })
}

async function startSignIn(
  queries: Queries,
  { issuer, subject }: Account,
  { workspace, address }: SigningIn,
): Promise<string | null> {
  const now = new Date()
  const member = await queries.member.findFirst({
    where: {
      issuer,
      subject,
      removedAt: null,
      key: { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
      ...(workspace === null ? {} : { workspace: { name: workspace } }),
    },
    orderBy: [{ signedInAt: { sort: 'desc', nulls: 'last' } }, { keyId: 'asc' }],
  })
  if (member === null) return null
  const { keyId, workspaceId, email } = member
  await queries.member.update({ where: { keyId }, data: { signedInAt: now } })
  await recordAudit(
    queries,
    { key: { id: keyId, name: email }, address },
    {
      workspaceId,
      action: 'member.signed-in',
      subject: { type: 'member', id: keyId, name: email },
      before: null,
      after: { issuer, subject },
    },
  )
  return keyId
}

function viewOf({ keyId, email, signedInAt, key }: Member & { readonly key: ApiKey }): MemberView {
  return {
    id: keyId,
    email,
    scope: scopeOf(key),
    createdAt: key.createdAt.toISOString(),
    signedInAt: signedInAt?.toISOString() ?? null,
  }
}
