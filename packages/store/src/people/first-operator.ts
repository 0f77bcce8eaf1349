import type { InvitationToStore } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import type { Queries } from '../database/open-database.ts'
import { ensureWorkspaceId } from '../keys/workspace-store.ts'
import { recordAudit } from '../keys/record-audit.ts'
import { lockWorkspace } from '../tasks/change.ts'

const workspace = 'default'
const name = 'first operator'

/** See `InvitationStore.inviteFirst`. */
export async function inviteFirstOperator(
  queries: Queries,
  { tokenHash, expiresAt }: Pick<InvitationToStore, 'tokenHash' | 'expiresAt'>,
): Promise<boolean> {
  const workspaceId = await ensureWorkspaceId(queries, workspace)
  await lockWorkspace(queries, workspaceId)
  const now = new Date()
  const usable = { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }
  if ((await queries.apiKey.findFirst({ where: { operator: true, ...usable }, select: { id: true } })) !== null)
    return false
  const id = uuidv7()
  await queries.invitation.create({
    data: { id, workspaceId, name, scope: 'admin', operator: true, tokenHash, expiresAt, createdAt: now },
  })
  await recordAudit(
    queries,
    { key: null, address: null },
    {
      workspaceId,
      action: 'invitation.created',
      subject: { type: 'invitation', id, name },
      before: null,
      after: { scope: 'admin', operator: true, expiresAt: expiresAt.toISOString() },
    },
  )
  return true
}

/** Only one of several first invitations makes a key. */
export async function endOtherFirsts(queries: Queries, acceptedId: string): Promise<void> {
  await queries.invitation.updateMany({
    where: { operator: true, acceptedAt: null, revokedAt: null, id: { not: acceptedId } },
    data: { revokedAt: new Date() },
  })
}
