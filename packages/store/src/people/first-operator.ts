import type { Actor, InvitationToStore } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import type { Queries } from '../database/open-database.ts'
import { recordAudit } from '../keys/record-audit.ts'
import { ensureWorkspaceId } from '../keys/workspace-store.ts'
import { lockWorkspace } from '../tasks/change.ts'

const workspace = 'default'
const name = 'first operator'
const service: Actor = { key: null, address: null }

/** See `InvitationStore.inviteFirst`. */
export async function inviteFirstOperator(
  queries: Queries,
  { tokenHash, expiresAt }: Pick<InvitationToStore, 'tokenHash' | 'expiresAt'>,
): Promise<boolean> {
  const workspaceId = await ensureWorkspaceId(queries, workspace)
  await lockWorkspace(queries, workspaceId)
  if (await hasAdministrator(queries)) return false
  // Former links, which were printed into the logs of processes that have ended.
  await endFirstInvitations(queries, service)
  const id = uuidv7()
  await queries.invitation.create({
    data: { id, workspaceId, name, scope: 'admin', operator: true, tokenHash, expiresAt, createdAt: new Date() },
  })
  await audit(queries, service, { workspaceId, id, action: 'invitation.created' })
  return true
}

/** Whether a key can administer the service, or any of its workspaces: then it is in use, and strangers get nothing. */
export async function hasAdministrator(queries: Queries): Promise<boolean> {
  const found = await queries.apiKey.findFirst({
    where: {
      revokedAt: null,
      AND: [
        { OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
        { OR: [{ operator: true }, { scopes: { has: 'admin' } }] },
      ],
    },
    select: { id: true },
  })
  return found !== null
}

/** Once there is an operator's key, no link may give another. */
export async function endFirstInvitations(queries: Queries, actor: Actor): Promise<void> {
  const open = { operator: true, acceptedAt: null, revokedAt: null }
  const found = await queries.invitation.findMany({ where: open, select: { id: true, workspaceId: true } })
  for (const { id, workspaceId } of found) {
    await queries.invitation.updateMany({ where: { id, ...open }, data: { revokedAt: new Date() } })
    await audit(queries, actor, { workspaceId, id, action: 'invitation.revoked' })
  }
}

type Audited = { readonly workspaceId: string; readonly id: string; readonly action: string }

function audit(queries: Queries, actor: Actor, { workspaceId, id, action }: Audited): Promise<void> {
  const subject = { type: 'invitation', id, name }
  return recordAudit(queries, actor, {
    workspaceId,
    action,
    subject,
    before: null,
    after: { scope: 'admin', operator: true },
  })
}
