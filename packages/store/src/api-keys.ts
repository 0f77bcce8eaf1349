import { apiKeyScope } from '@goalpost/contracts'
import type { ApiKeyStore } from '@goalpost/experiments'
import { v7 as uuidv7 } from 'uuid'
import type { Database } from './database/open-database.ts'

export function createApiKeyStore(database: Database): ApiKeyStore {
  return {
    find: (secretHash) =>
      database.query(async (queries) => {
        const key = await queries.apiKey.findUnique({ where: { secretHash } })
        if (key === null || key.revokedAt !== null) return null
        return { id: key.id, workspaceId: key.workspaceId, scopes: key.scopes.map((scope) => apiKeyScope.parse(scope)) }
      }),

    create: (workspaceId, { name, secretHash, scopes }) =>
      database.query(async (queries) => {
        const id = uuidv7()
        await queries.apiKey.create({
          data: { id, workspaceId, name, secretHash, scopes: [...scopes], createdAt: new Date() },
        })
        return id
      }),

    ensureWorkspace: (name) =>
      database.query(async (queries) => {
        // Two processes may start at once: the second finds the first one's row.
        await queries.$executeRaw`
          INSERT INTO workspaces (id, name, created_at) VALUES (${uuidv7()}::uuid, ${name}, now()) ON CONFLICT DO NOTHING`
        const { id } = await queries.workspace.findUniqueOrThrow({ where: { name }, select: { id: true } })
        return id
      }),
  }
}
