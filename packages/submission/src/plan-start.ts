import { GoalpostError, errorTable } from '@goalpost/contracts'
import type { ArtifactOwnership, DueScheduleRow, ModelViews, PlannedStart } from '@goalpost/experiments'
import { findSubject } from './find-subject.ts'
import type { Planner } from './planner.ts'
import { prepareExperiment } from './prepare-experiment.ts'
import { requireFiles } from './require-files.ts'

type Surroundings = {
  readonly planner: Planner
  readonly experiments: ArtifactOwnership
  readonly models: Pick<ModelViews, 'version'>
}

/**
 * The experiment that a schedule starts. Its spec was valid when it was applied; a newer release may refuse it.
 * Rejects only with errors that another try may not meet, such as a database that does not answer.
 */
export async function planStart(
  { workspaceId, sent }: Pick<DueScheduleRow, 'workspaceId' | 'sent'>,
  { planner, experiments, models }: Surroundings,
): Promise<PlannedStart> {
  try {
    const prepared = prepareExperiment(sent, planner, await findSubject(models, workspaceId, sent))
    await requireFiles(experiments, workspaceId, { expansion: prepared.expansion, sent })
    return { ok: true, experiment: { spec: sent, ...prepared } }
  } catch (error) {
    if (error instanceof GoalpostError && errorTable[error.code].kind !== 'request') throw error
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}
