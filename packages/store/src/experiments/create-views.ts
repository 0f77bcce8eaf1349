import type { ExperimentViews } from '@goalpost/experiments'
import { unconfined } from '../database/confinement.ts'
import type { Database } from '../database/open-database.ts'
import { listExperiments, readExperiment } from './experiment-views.ts'
import { readFacets } from './facets.ts'
import { readTimings } from './timing.ts'
import { readVersion, readVersions } from './version.ts'

export function createViews(database: Database): ExperimentViews {
  return {
    list: (workspaceId, query) => database.snapshot((queries) => listExperiments(queries, workspaceId, query)),
    facets: (workspaceId) => database.snapshot((queries) => readFacets(queries, workspaceId)),
    timings: (workspaceId, ids) => database.snapshot((queries) => readTimings(queries, workspaceId, ids)),
    get: (workspaceId, id) => database.snapshot((queries) => readExperiment(queries, workspaceId, id)),
    revision: (workspaceId, id) =>
      database.query(async (queries) => (await readVersion(queries, { workspaceId, id }))?.revision ?? null),
    // One poll for the watchers of all workspaces asks.
    versions: (workspaceId, ids) => unconfined(database).query((queries) => readVersions(queries, workspaceId, ids)),
    version: (workspaceId, id) => database.query((queries) => readVersion(queries, { workspaceId, id })),
  }
}
