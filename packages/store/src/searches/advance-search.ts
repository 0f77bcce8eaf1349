import { GoalpostError } from '@goalpost/contracts'
import { serviceActor, type DueSearch } from '@goalpost/experiments'
import {
  addToExperiment,
  cancelExperiment,
  lockExperimentOf,
  type Extension,
} from '../experiments/change-experiment.ts'
import type { Change } from '../tasks/change.ts'

/** Adds a round or the analysis. False if there is nothing to add, or no room for it. */
export async function advanceSearch(change: Change, search: DueSearch, next: Extension): Promise<boolean> {
  const experiment = await lockDue(change, search)
  if (experiment === null) return false
  const { workspaceId, id } = search
  const refused = await addToExperiment(change, { workspaceId, id, experiment, actor: serviceActor }, next)
  if (refused === null) return true
  if (refused.code === 'quota-exceeded') return false
  throw new GoalpostError(refused.code, refused.message)
}

export async function abandonSearch(change: Change, search: DueSearch): Promise<boolean> {
  if ((await lockDue(change, search)) === null) return false
  return (await cancelExperiment(change, search)) === null
}

/** Null unless the search still is where the step was decided: the conditions are those of all rounds. */
async function lockDue({ queries }: Change, { workspaceId, id, resolved }: DueSearch) {
  const experiment = await lockExperimentOf(queries, { workspaceId, id })
  if (experiment === null || !experiment.searching) return null
  const { cancelledAt, pausedAt, conditionCount } = experiment
  const isSame = conditionCount === resolved.conditions.length
  return isSame && cancelledAt === null && pausedAt === null ? experiment : null
}
