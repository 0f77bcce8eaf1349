import type { BulkChange, BulkOutcome, ExperimentSummary } from '@goalpost/contracts'
import type { Actor, Changing, DeletionOutcome, ExperimentStore, WhichExperiment } from '@goalpost/experiments'

type Where = { readonly workspaceId: string; readonly actor: Actor }
type Chosen = Pick<ExperimentSummary, 'id' | 'name'>
type Act = (which: WhichExperiment, changing: Changing) => Promise<DeletionOutcome>

/** The most rows of one page of the list. */
const pageSize = 200
/** The most pages that one request reads to find experiments that are not yet as wanted. */
const mostPages = 50

/** All are chosen before the first is changed: some changes move an experiment out of the filter, and so the pages. */
export async function changeMany(
  experiments: ExperimentStore,
  change: BulkChange,
  { workspaceId, actor }: Where,
): Promise<BulkOutcome> {
  const { chosen, nextCursor } = await choose(experiments, workspaceId, change)
  if (change.dryRun) return { done: chosen, refused: [], nextCursor }
  const act = actionsOf(experiments)[change.action]
  const done: Chosen[] = []
  const refused: BulkOutcome['refused'] = []
  for (const one of chosen) {
    const outcome = await act({ workspaceId, id: one.id }, { actor })
    if (outcome.ok) done.push(one)
    else refused.push({ ...one, message: outcome.message })
  }
  return { done, refused, nextCursor }
}

type Choice = { readonly chosen: Chosen[]; readonly nextCursor: string | null }

/** The next experiments that are not yet as wanted. */
async function choose(
  experiments: ExperimentStore,
  workspaceId: string,
  { action, filter, limit, cursor: start }: BulkChange,
): Promise<Choice> {
  const chosen: Chosen[] = []
  let cursor = start ?? null
  for (let page = 0; page < mostPages; page++) {
    const rest = { limit: Math.min(pageSize, limit - chosen.length), ...(cursor !== null && { cursor }) }
    const found = await experiments.list(workspaceId, { ...filter, sort: 'created', ...rest })
    const wanting = found.items.filter((experiment) => !isAsWanted[action](experiment))
    chosen.push(...wanting.map(({ id, name }) => ({ id, name })))
    cursor = found.nextCursor
    if (cursor === null || chosen.length >= limit) break
  }
  return { chosen, nextCursor: cursor }
}

/** Whether the action would change nothing. */
const isAsWanted: Readonly<Record<BulkChange['action'], (experiment: ExperimentSummary) => boolean>> = {
  archive: ({ archivedAt }) => archivedAt !== null,
  unarchive: ({ archivedAt }) => archivedAt === null,
  pause: ({ pausedAt }) => pausedAt !== null,
  resume: ({ pausedAt }) => pausedAt === null,
  cancel: ({ state }) => state === 'cancelled',
  // A cancelled or stopped one may have no task of that kind: all were shared with others, had ended, or were repeated.
  retry: ({ state, stopReason, tasks }) =>
    state !== 'cancelled' && stopReason === null && (tasks.failed ?? 0) + (tasks.cancelled ?? 0) === 0,
  delete: () => false,
}

function actionsOf(experiments: ExperimentStore): Readonly<Record<BulkChange['action'], Act>> {
  return {
    archive: (which, changing) => experiments.setArchived(which, true, changing),
    unarchive: (which, changing) => experiments.setArchived(which, false, changing),
    pause: (which, changing) => experiments.setPaused(which, true, changing),
    resume: (which, changing) => experiments.setPaused(which, false, changing),
    cancel: ({ workspaceId, id }, changing) => experiments.cancel(workspaceId, id, changing),
    retry: ({ workspaceId, id }, changing) => experiments.retry(workspaceId, id, changing),
    delete: (which, changing) => experiments.delete(which, changing),
  }
}
