import type { BulkChange, BulkOutcome, ExperimentSummary } from '@goalpost/contracts'
import type { Actor, Changing, DeletionOutcome, ExperimentStore, WhichExperiment } from '@goalpost/experiments'

type Where = { readonly workspaceId: string; readonly actor: Actor }
type Chosen = Pick<ExperimentSummary, 'id' | 'name'>
type Act = (which: WhichExperiment, changing: Changing) => Promise<DeletionOutcome>

/** The most rows of one page of the list. */
const pageSize = 200

/** All are chosen before the first is changed: some changes move an experiment out of the filter, and so the pages. */
export async function changeMany(
  experiments: ExperimentStore,
  { action, filter, limit, dryRun }: BulkChange,
  { workspaceId, actor }: Where,
): Promise<BulkOutcome> {
  const { chosen, more } = await choose(experiments, workspaceId, { filter, limit })
  if (dryRun) return { done: chosen, refused: [], more }
  const act = actionsOf(experiments)[action]
  const done: Chosen[] = []
  const refused: BulkOutcome['refused'] = []
  for (const one of chosen) {
    const outcome = await act({ workspaceId, id: one.id }, { actor })
    if (outcome.ok) done.push(one)
    else refused.push({ ...one, message: outcome.message })
  }
  return { done, refused, more }
}

async function choose(
  experiments: ExperimentStore,
  workspaceId: string,
  { filter, limit }: Pick<BulkChange, 'filter' | 'limit'>,
): Promise<{ chosen: Chosen[]; more: boolean }> {
  const chosen: Chosen[] = []
  let cursor: string | null = null
  do {
    const page = { limit: Math.min(pageSize, limit - chosen.length), ...(cursor !== null && { cursor }) }
    const found = await experiments.list(workspaceId, { ...filter, sort: 'created', ...page })
    chosen.push(...found.items.map(({ id, name }) => ({ id, name })))
    cursor = found.nextCursor
  } while (cursor !== null && chosen.length < limit)
  return { chosen, more: cursor !== null }
}

function actionsOf(experiments: ExperimentStore): Readonly<Record<BulkChange['action'], Act>> {
  return {
    archive: (which, changing) => experiments.setArchived(which, true, changing),
    unarchive: (which, changing) => experiments.setArchived(which, false, changing),
    pause: (which, changing) => experiments.setPaused(which, true, changing),
    resume: (which, changing) => experiments.setPaused(which, false, changing),
    cancel: ({ workspaceId, id }, changing) => experiments.cancel(workspaceId, id, changing),
    delete: (which, changing) => experiments.delete(which, changing),
  }
}
