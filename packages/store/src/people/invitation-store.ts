import { apiKeyScope, type ApiKeyView, type InvitationView } from '@goalpost/contracts'
import type { Accepting, Actor, InvitationStore } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import { unconfined } from '../database/confinement.ts'
import { decodeCursor, pageOf } from '../database/cursor.ts'
import type { Database, Queries } from '../database/open-database.ts'
import type { Invitation } from '../generated/client.ts'
import { insertKey } from '../keys/insert-key.ts'
import { viewOf as keyViewOf } from '../keys/key-views.ts'
import { recordAudit } from '../keys/record-audit.ts'
import { lockWorkspace } from '../tasks/change.ts'
import { endFirstInvitations, hasAdministrator, inviteFirstOperator } from './first-operator.ts'

export function createInvitationStore(database: Database): InvitationStore {
  return {
    list: (workspaceId, { cursor, limit }) =>
      database.query(async (queries) => {
        const [after] = cursor === undefined ? [] : decodeCursor(cursor, ['id'])
        const rows = await queries.invitation.findMany({
          where: { workspaceId, ...(after === undefined ? {} : { id: { lt: String(after) } }) },
          orderBy: { id: 'desc' },
          take: limit + 1,
        })
        return pageOf(rows, limit, { item: viewOf, position: ({ id }) => [id] })
      }),

    create: (workspaceId, { name, scope, tokenHash, expiresAt }, actor) =>
      database.transaction(async (queries) => {
        const view = viewOf(
          await queries.invitation.create({
            data: { id: uuidv7(), workspaceId, name, scope, tokenHash, expiresAt, createdAt: new Date() },
          }),
        )
        await audit(queries, actor, { workspaceId, action: 'invitation.created', view })
        return view
      }),

    revoke: (workspaceId, id, actor) =>
      database.transaction((queries) => revokeInvitation(queries, { workspaceId, id, actor })),

    // The token is all that is known of who accepts.
    accept: (tokenHash, accepting) =>
      unconfined(database).transaction((queries) => acceptInvitation(queries, tokenHash, accepting)),

    inviteFirst: (invitation) =>
      unconfined(database).transaction((queries) => inviteFirstOperator(queries, invitation)),
  }
}

type Revoking = { readonly workspaceId: string; readonly id: string; readonly actor: Actor }

async function revokeInvitation(
  queries: Queries,
  { workspaceId, id, actor }: Revoking,
): Promise<InvitationView | false | null> {
  const { count } = await queries.invitation.updateMany({
    where: { id, workspaceId, acceptedAt: null, revokedAt: null },
    data: { revokedAt: new Date() },
  })
  const found = await queries.invitation.findFirst({ where: { id, workspaceId } })
  if (found === null) return null
  if (found.acceptedAt !== null) return false
  const view = viewOf(found)
  if (count > 0) await audit(queries, actor, { workspaceId, action: 'invitation.revoked', view })
  return view
}

async function acceptInvitation(queries: Queries, tokenHash: string, accepting: Accepting): Promise<ApiKeyView | null> {
  const found = await queries.invitation.findFirst({ where: { tokenHash } })
  if (found === null) return null
  if (found.operator) {
    // One at a time: of several links to the first key, one gives it.
    await lockWorkspace(queries, found.workspaceId)
    if (await hasAdministrator(queries)) return null
  }
  const now = new Date()
  // Of two requests at once, one changes the row.
  const { count } = await queries.invitation.updateMany({
    where: { id: found.id, acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
    data: { acceptedAt: now },
  })
  return count === 0 ? null : makeKey(queries, { ...found, acceptedAt: now }, accepting)
}

async function makeKey(
  queries: Queries,
  invitation: Invitation,
  { secretHash, address }: Accepting,
): Promise<ApiKeyView> {
  const { workspaceId, name, operator } = invitation
  const view = viewOf(invitation)
  const key = keyViewOf(await insertKey(queries, workspaceId, { name, secretHash, scope: view.scope, operator }))
  const actor = { key: { id: key.id, name }, address }
  if (operator) await endFirstInvitations(queries, actor)
  await audit(queries, actor, { workspaceId, action: 'invitation.accepted', view })
  return key
}

type Audited = { readonly workspaceId: string; readonly action: string; readonly view: InvitationView }

function audit(queries: Queries, actor: Actor, { workspaceId, action, view }: Audited): Promise<void> {
  const { id, name, scope, state, expiresAt } = view
  const subject = { type: 'invitation', id, name }
  return recordAudit(queries, actor, { workspaceId, action, subject, before: null, after: { scope, state, expiresAt } })
}

function viewOf({ id, name, scope, createdAt, expiresAt, ...invitation }: Invitation): InvitationView {
  return {
    id,
    name,
    scope: apiKeyScope.parse(scope),
    state: stateOf({ ...invitation, expiresAt }),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    acceptedAt: invitation.acceptedAt?.toISOString() ?? null,
  }
}

type Times = Pick<Invitation, 'acceptedAt' | 'revokedAt' | 'expiresAt'>

function stateOf({ acceptedAt, revokedAt, expiresAt }: Times): InvitationView['state'] {
  if (acceptedAt !== null) return 'accepted'
  if (revokedAt !== null) return 'revoked'
  return expiresAt.getTime() <= Date.now() ? 'expired' : 'open'
}
