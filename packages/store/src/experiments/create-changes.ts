import type { ChangeOutcome, ExperimentChanges } from '@goalpost/experiments'
import type { Database } from '../database/open-database.ts'
import type { Change, Changes } from '../tasks/change.ts'
import { cancelExperiment, extendExperiment, retryExperiment, type ExperimentId } from './change-experiment.ts'
import { createExperiment } from './create.ts'
import { readVersion } from './version.ts'

type Refused = Extract<ChangeOutcome, { ok: false }>

export function createChanges(database: Database, changes: Changes): ExperimentChanges {
  const change = async (
    which: ExperimentId,
    work: (change: Change) => Promise<Refused | null>,
  ): Promise<ChangeOutcome> => {
    const refused = await changes.run(work)
    if (refused !== null) return refused
    return { ok: true, revision: (await database.query((queries) => readVersion(queries, which)))?.revision ?? 0 }
  }
  return {
    create: (workspaceId, experiment) => changes.run((open) => createExperiment(open, workspaceId, experiment)),
    extend: (workspaceId, id, { resolved, expansion, ...changing }) =>
      change({ workspaceId, id }, (open) =>
        extendExperiment(open, { workspaceId, id, ...changing }, { resolved, expansion }),
      ),
    cancel: (workspaceId, id, changing) =>
      change({ workspaceId, id }, (open) => cancelExperiment(open, { workspaceId, id, ...changing })),
    retry: (workspaceId, id, changing) =>
      change({ workspaceId, id }, (open) => retryExperiment(open, { workspaceId, id, ...changing })),
  }
}
