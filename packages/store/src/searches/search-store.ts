import type { OpenSearches } from '@goalpost/experiments'
import type { Database } from '../database/open-database.ts'
import { checkRuns } from '../quotas/check-quota.ts'
import type { Changes } from '../tasks/change.ts'
import { abandonSearch, advanceSearch } from './advance-search.ts'
import { readDueSearches } from './due-searches.ts'

export function createSearchStore(database: Database, changes: Changes): OpenSearches {
  return {
    due: (limit, except) => database.query((queries) => readDueSearches(queries, limit, except)),
    hasRoom: ({ workspaceId }, runs) =>
      database.query(async (queries) => (await checkRuns(queries, workspaceId, runs)) === null),
    advance: (search, next) => changes.run((change) => advanceSearch(change, search, next)),
    abandon: (search, abandoning) => changes.run((change) => abandonSearch(change, search, abandoning)),
  }
}
