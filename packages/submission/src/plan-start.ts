import { GoalpostError, errorTable } from '@goalpost/contracts'
import type { ArtifactOwnership, DueScheduleRow, ModelViews, PlannedStart } from '@goalpost/experiments'
import { findSubject } from './find-subject.ts'
import type { Planner } from './planner.ts'
import { prepareExperiment, type Prepared } from './prepare-experiment.ts'
import { requireFiles } from './require-files.ts'

export type Surroundings = {
  readonly planner: Planner
  readonly experiments: ArtifactOwnership
  readonly models: Pick<ModelViews, 'version'>
}

type Sent = Pick<DueScheduleRow, 'workspaceId' | 'sent'>

/**
 * The experiment that a schedule starts. Its spec was valid when it was applied; a newer release may refuse it.
 * Rejects only with errors that another try may not meet, such as a database that does not answer.
 */
export function planStart(start: Sent, surroundings: Surroundings): Promise<PlannedStart> {
  return planPrepared(start, surroundings, (prepared) => prepared)
}

/** The same, with a change of the resolved spec. */
export async function planPrepared(
  { workspaceId, sent }: Sent,
  { planner, experiments, models }: Surroundings,
  change: (prepared: Prepared) => Prepared,
): Promise<PlannedStart> {
  try {
    const prepared = change(prepareExperiment(sent, planner, await findSubject(models, workspaceId, sent)))
    await requireFiles(experiments, workspaceId, { expansion: prepared.expansion, sent })
    return { ok: true, experiment: { spec: sent, ...prepared } }
  } catch (error) {
    if (error instanceof GoalpostError && errorTable[error.code].kind !== 'request') throw error
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}
