import { serviceActor, type DueSearch, type SearchAbandoning, type SearchAdvance } from '@goalpost/experiments'
import { toStored } from '../database/stored-json.ts'
import {
  addToExperiment,
  cancelExperiment,
  changedRun,
  lockExperimentOf,
  type Extension,
} from '../experiments/change-experiment.ts'
import type { Change } from '../tasks/change.ts'

const changed: SearchAdvance = { ok: false, because: 'changed', message: 'The search has changed since it was read' }

/** Adds a round or the analysis. */
export async function advanceSearch(change: Change, search: DueSearch, next: Extension): Promise<SearchAdvance> {
  const experiment = await lockDue(change, search)
  if (experiment === null) return changed
  const { workspaceId, id } = search
  const refused = await addToExperiment(change, { workspaceId, id, experiment, actor: serviceActor }, next)
  if (refused === null) return { ok: true }
  const { code, message } = refused
  return { ok: false, because: code === 'quota-exceeded' ? 'no-room' : 'foreign', message }
}

/** The reason stays in the search until it is retried. */
export async function abandonSearch(
  change: Change,
  search: DueSearch,
  { planned, reason }: SearchAbandoning,
): Promise<SearchAdvance> {
  if ((await lockDue(change, search)) === null) return changed
  const { queries } = change
  const { id, resolved } = search
  const difference = await changedRun(queries, id, planned)
  if (difference !== null) return { ok: false, because: 'foreign', message: difference }
  const stopped = { ...resolved, ...(resolved.search && { search: { ...resolved.search, stopped: reason } }) }
  await queries.experiment.update({ where: { id }, data: { resolved: toStored(stopped) }, select: { id: true } })
  const refused = await cancelExperiment(change, { ...search, reason })
  return refused === null ? { ok: true } : changed
}

/**
 * Null unless the search still is as it was read, so that the evidence that was read since is too: a run that is
 * repeated meanwhile, by whatever experiment, makes another revision.
 */
async function lockDue({ queries }: Change, { workspaceId, id, revision }: DueSearch) {
  const experiment = await lockExperimentOf(queries, { workspaceId, id })
  if (experiment === null || !experiment.searching || experiment.revision !== revision) return null
  const { cancelledAt, pausedAt } = experiment
  return cancelledAt === null && pausedAt === null ? experiment : null
}
