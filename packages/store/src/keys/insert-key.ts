import type { KeyToStore } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import type { Queries } from '../database/open-database.ts'

export function insertKey(
  queries: Queries,
  workspaceId: string,
  { name, secretHash, scope, operator = false, expiresAt = null }: KeyToStore,
) {
  return queries.apiKey.create({
    data: { id: uuidv7(), workspaceId, name, secretHash, scopes: [scope], operator, expiresAt, createdAt: new Date() },
    include: { workspace: { select: { name: true } } },
  })
}
