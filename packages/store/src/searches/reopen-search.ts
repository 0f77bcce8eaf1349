import type { ResolvedSpec } from '@goalpost/contracts'
import type { Prisma } from '../generated/client.ts'
import { fromStored, toStored } from '../database/stored-json.ts'
import { unlinkTask } from '../experiments/unlink-task.ts'
import type { Change } from '../tasks/change.ts'

type Ended = {
  readonly id: string
  readonly experiment: { readonly resolved: Prisma.JsonValue; readonly analysisTaskId: string | null }
}

/** Whether a search ended before its threshold was found. It may be that another experiment repeated its runs since. */
export function hasStopped(resolved: Prisma.JsonValue): boolean {
  return fromStored<ResolvedSpec>(resolved).search?.stopped !== undefined
}

/** A search that ended, also because a run failed, goes on once that has been repeated. False if there is none. */
export async function reopenSearch(change: Change, { id, experiment }: Ended): Promise<boolean> {
  const resolved = fromStored<ResolvedSpec>(experiment.resolved)
  if (resolved.search === undefined) return false
  const { stopped, ...search } = resolved.search
  if (!search.ended && stopped === undefined) return false
  if (experiment.analysisTaskId !== null) await unlinkTask(change, id, experiment.analysisTaskId)
  const open = { ...resolved, search: { ...search, ended: false } }
  const data = { resolved: toStored(open), searching: true, analysisTaskId: null }
  await change.queries.experiment.update({ where: { id }, data, select: { id: true } })
  return true
}
