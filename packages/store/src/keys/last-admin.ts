import type { Queries } from '../database/open-database.ts'
import { scopeOf, stateOf } from './key-views.ts'
import type { ApiKey } from '../generated/client.ts'

export const lastAdminMessage =
  'This is the last key of the workspace that may manage keys: create another with the scope admin first'

/**
 * Whether the workspace would lose its last administrator with this key. Keys of members do not count as others: they
 * work only while the sign-in provider does. Call it after `lockWorkspace`.
 */
export async function isLastAdmin(queries: Queries, key: ApiKey): Promise<boolean> {
  if (scopeOf(key) !== 'admin' || stateOf(key) !== 'active') return false
  const others = await queries.apiKey.count({
    where: {
      workspaceId: key.workspaceId,
      id: { not: key.id },
      scopes: { has: 'admin' },
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }],
      member: { is: null },
    },
  })
  return others === 0
}
