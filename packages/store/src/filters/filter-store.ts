import { GoalpostError, experimentFilter, type JsonObject, type SavedFilter } from '@goalpost/contracts'
import { hashJson, type FilterChanging, type FilterStore } from '@goalpost/experiments'
import type { Database, Queries } from '../database/open-database.ts'
import { fromStored, toStored } from '../database/stored-json.ts'
import type { SavedFilter as Row } from '../generated/client.ts'
import { recordAudit } from '../keys/record-audit.ts'
import { lockWorkspace, readTime, type Clock } from '../tasks/change.ts'

/** All are listed at once. */
const mostFilters = 200

type Saving = Parameters<FilterStore['save']>

export function createFilterStore(database: Database, clock?: Clock): FilterStore {
  return {
    list: (workspaceId) =>
      database.query(async (queries) => {
        const rows = await queries.savedFilter.findMany({ where: { workspaceId }, orderBy: { name: 'asc' } })
        return rows.map(toView)
      }),
    get: (workspaceId, name) =>
      database.query(async (queries) => {
        const row = await findFilter(queries, workspaceId, name)
        return row && toView(row)
      }),
    save: (...saving) => database.transaction((queries) => saveFilter(queries, saving, clock)),
    remove: (workspaceId, name, changing) =>
      database.transaction(async (queries) => {
        await lockWorkspace(queries, workspaceId)
        const row = await findFilter(queries, workspaceId, name)
        if (row === null) return false
        requireOwn(row, changing)
        await queries.savedFilter.delete({ where: { workspaceId_name: { workspaceId, name } }, select: { name: true } })
        await recordAudit(queries, changing.actor, {
          workspaceId,
          action: 'filter.deleted',
          subject: subjectOf(name),
          before: auditedOf(row),
          after: null,
        })
        return true
      }),
  }
}

async function saveFilter(
  queries: Queries,
  [workspaceId, { name, filter }, changing]: Saving,
  clock?: Clock,
): Promise<SavedFilter> {
  await lockWorkspace(queries, workspaceId)
  const existing = await findFilter(queries, workspaceId, name)
  if (existing === null) await requireRoom(queries, workspaceId)
  else requireOwn(existing, changing)
  const createdBy = changing.actor.key?.name ?? null
  const data = { filter: toStored(filter), createdBy, updatedAt: await readTime(queries, clock) }
  const row = await queries.savedFilter.upsert({
    where: { workspaceId_name: { workspaceId, name } },
    create: { workspaceId, name, ...data },
    update: data,
  })
  const [before, after] = [existing && auditedOf(existing), auditedOf(row)]
  if (before === null || hashJson(before) !== hashJson(after))
    await recordAudit(queries, changing.actor, {
      workspaceId,
      action: before === null ? 'filter.saved' : 'filter.replaced',
      subject: subjectOf(name),
      before,
      after,
    })
  return toView(row)
}

async function requireRoom(queries: Queries, workspaceId: string): Promise<void> {
  if ((await queries.savedFilter.count({ where: { workspaceId } })) >= mostFilters)
    throw new GoalpostError('state-conflict', `The workspace has ${mostFilters} saved filters: delete one first`)
}

/** Keys are compared by name: a rotated key keeps its filters. */
function requireOwn({ name, createdBy }: Row, { actor, mayChangeOthers }: FilterChanging): void {
  if (mayChangeOthers || (createdBy !== null && createdBy === actor.key?.name)) return
  const owner = createdBy === null ? 'the service' : `the key ${createdBy}`
  throw new GoalpostError(
    'insufficient-scope',
    `The filter ${name} was saved by ${owner}: changing it needs a key with the scope \`manage\``,
  )
}

function findFilter(queries: Queries, workspaceId: string, name: string): Promise<Row | null> {
  return queries.savedFilter.findFirst({ where: { workspaceId, name } })
}

/** Filters have no id besides their name. */
const subjectOf = (name: string) => ({ type: 'filter', id: name, name })

/** What the audit log keeps of a filter. */
function auditedOf({ filter, createdBy }: Row): JsonObject {
  return { filter: fromStored<JsonObject>(filter), createdBy }
}

function toView({ name, filter, createdBy, updatedAt }: Row): SavedFilter {
  return { name, filter: experimentFilter.parse(filter), createdBy, updatedAt: updatedAt.toISOString() }
}
