import { GoalpostError, experimentFilter, type SavedFilter } from '@goalpost/contracts'
import type { FilterStore } from '@goalpost/experiments'
import type { Database } from '../database/open-database.ts'
import { toStored } from '../database/stored-json.ts'
import { lockWorkspace, readTime, type Clock } from '../tasks/change.ts'

/** All are listed at once. */
const mostFilters = 200

export function createFilterStore(database: Database, clock?: Clock): FilterStore {
  return {
    list: (workspaceId) =>
      database.query(async (queries) => {
        const rows = await queries.savedFilter.findMany({ where: { workspaceId }, orderBy: { name: 'asc' } })
        return rows.map(toView)
      }),
    get: (workspaceId, name) =>
      database.query(async (queries) => {
        const row = await queries.savedFilter.findFirst({ where: { workspaceId, name } })
        return row && toView(row)
      }),
    save: (workspaceId, { name, filter, actor }) =>
      database.transaction(async (queries) => {
        await lockWorkspace(queries, workspaceId)
        const others = await queries.savedFilter.count({ where: { workspaceId, name: { not: name } } })
        if (others >= mostFilters)
          throw new GoalpostError('state-conflict', `The workspace has ${mostFilters} saved filters: delete one first`)
        const data = { filter: toStored(filter), updatedAt: await readTime(queries, clock) }
        const row = await queries.savedFilter.upsert({
          where: { workspaceId_name: { workspaceId, name } },
          create: { workspaceId, name, createdBy: actor.key?.name ?? null, ...data },
          update: data,
        })
        return toView(row)
      }),
    remove: (workspaceId, name) =>
      database.query(
        async (queries) => (await queries.savedFilter.deleteMany({ where: { workspaceId, name } })).count > 0,
      ),
  }
}

type Row = {
  readonly name: string
  readonly filter: unknown
  readonly createdBy: string | null
  readonly updatedAt: Date
}

function toView({ name, filter, createdBy, updatedAt }: Row): SavedFilter {
  return { name, filter: experimentFilter.parse(filter), createdBy, updatedAt: updatedAt.toISOString() }
}
