import type { ChangeOutcome, ExperimentLifecycle } from '@goalpost/experiments'
import type { Database } from '../database/open-database.ts'
import type { Change, Changes } from '../tasks/change.ts'
import { setArchived } from './archive-experiment.ts'
import type { ExperimentId, Refusal } from './change-experiment.ts'
import { setLabels, setNote } from './annotate-experiment.ts'
import { findExternal } from './create.ts'
import { findNamed } from './named-findings.ts'
import { deleteExperiment } from './delete-experiment.ts'
import { previewDeletion } from './preview-deletion.ts'
import { setDeadline, setPaused, setPriority } from './schedule-experiment.ts'
import { readVersion } from './version.ts'

export function createLifecycle(database: Database, changes: Changes): ExperimentLifecycle {
  const change = async (which: ExperimentId, work: (change: Change) => Promise<Refusal>): Promise<ChangeOutcome> => {
    const refused = await changes.run(work)
    if (refused !== null) return refused
    return { ok: true, revision: (await database.query((queries) => readVersion(queries, which)))?.revision ?? 0 }
  }
  return {
    setArchived: (which, archived, changing) =>
      change(which, (open) => setArchived(open, which, { ...changing, archived })),
    setPaused: (which, paused, changing) => change(which, (open) => setPaused(open, which, { ...changing, paused })),
    setPriority: (which, priority, changing) =>
      change(which, (open) => setPriority(open, which, { ...changing, priority })),
    setDeadline: (which, deadline, changing) =>
      change(which, (open) => setDeadline(open, which, { ...changing, deadline })),
    setLabels: (which, labels, changing) => change(which, (open) => setLabels(open, which, { ...changing, labels })),
    setNote: (which, wanted, changing) => change(which, (open) => setNote(open, which, { ...changing, ...wanted })),
    findExternal: (workspaceId, externalId) =>
      database.query(async (queries) => (await findExternal(queries, { workspaceId, externalId }))?.id ?? null),
    findNamed: (workspaceId, name) => database.query((queries) => findNamed(queries, workspaceId, name)),
    previewDeletion: (which) => database.snapshot((queries) => previewDeletion(queries, which)),
    delete: async (which, changing) =>
      (await changes.run((open) => deleteExperiment(open, which, changing))) ?? { ok: true },
  }
}
