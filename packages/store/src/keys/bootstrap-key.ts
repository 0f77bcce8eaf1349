import type { Queries } from '../database/open-database.ts'
import { endFirstInvitations } from '../people/first-operator.ts'
import { lockWorkspace } from '../tasks/change.ts'
import { insertKey } from './insert-key.ts'
import { recordAudit } from './record-audit.ts'
import { signalKeys } from './signal-keys.ts'
import { ensureWorkspaceId } from './workspace-store.ts'

/** Workspace of the key in the operator's settings. */
const workspace = 'default'
const name = 'bootstrap'
const service = { key: null, address: null }

/** False if the key was revoked by hand: it stays revoked. */
export async function ensureBootstrapKey(queries: Queries, secretHash: string): Promise<boolean> {
  const workspaceId = await ensureWorkspaceId(queries, workspace)
  await lockWorkspace(queries, workspaceId)
  await revokeFormer(queries, workspaceId, secretHash)
  const known = await queries.apiKey.findFirst({ where: { secretHash } })
  if (known !== null) return known.revokedAt === null
  await endFirstInvitations(queries, service)
  const { id } = await insertKey(queries, workspaceId, { name, secretHash, scope: 'admin', operator: true })
  await recordAudit(queries, service, {
    workspaceId,
    action: 'api-key.created',
    subject: { type: 'api-key', id, name },
    before: null,
    after: { scope: 'admin', operator: true },
  })
  return true
}

async function revokeFormer(queries: Queries, workspaceId: string, secretHash: string): Promise<void> {
  const former = await queries.apiKey.findMany({
    where: { workspaceId, name, operator: true, revokedAt: null, secretHash: { not: secretHash } },
    select: { id: true },
  })
  for (const { id } of former) {
    await queries.apiKey.update({ where: { id }, data: { revokedAt: new Date() }, select: { id: true } })
    await recordAudit(queries, service, {
      workspaceId,
      action: 'api-key.revoked',
      subject: { type: 'api-key', id, name },
      before: { state: 'active' },
      after: { state: 'revoked' },
    })
  }
  if (former.length > 0) await signalKeys(queries)
}
