import type { ExperimentSummary } from '@goalpost/contracts'
import type { ExperimentViews, Page } from '@goalpost/experiments'
import { LRUCache } from 'lru-cache'
import type { ApiDependencies } from '../../dependencies.ts'
import { secondsLeftOf } from '../../fleet.ts'

const estimateForMs = 10_000
const estimates = 2_000

type Query = Parameters<ExperimentViews['list']>[1]
type Estimate = { readonly secondsLeft: number | null; readonly atMs: number }

/**
 * A page of experiments, running ones with the time left. Their tasks are read together, and for any number of clients
 * each experiment's at most every ten seconds.
 */
export function createExperimentLister({
  experiments,
  fleet,
  now,
}: Pick<ApiDependencies, 'experiments' | 'fleet' | 'now'>) {
  const known = new LRUCache<string, Estimate>({ max: estimates })
  const isRecent = (id: string) => now() - (known.get(id)?.atMs ?? Number.NEGATIVE_INFINITY) < estimateForMs
  return async (workspaceId: string, query: Query): Promise<Page<ExperimentSummary>> => {
    const page = await experiments.list(workspaceId, query)
    const running = page.items.filter(isGoingOn)
    const unknown = running.filter(({ id }) => !isRecent(id))
    if (unknown.length > 0) {
      const ids = unknown.map(({ id }) => id)
      const [timings, current] = await Promise.all([experiments.timings(workspaceId, ids), fleet()])
      for (const { id, state, pausedAt, searching } of unknown) {
        const stored = timings.get(id)
        const secondsLeft =
          stored === undefined ? null : secondsLeftOf(current, { state, pausedAt, searching, ...stored })
        known.set(id, { secondsLeft, atMs: now() })
      }
    }
    const withTime = (item: ExperimentSummary): ExperimentSummary =>
      isGoingOn(item) ? { ...item, secondsLeft: known.get(item.id)?.secondsLeft ?? null } : item
    return { ...page, items: page.items.map(withTime) }
  }
}

const isGoingOn = ({ state, pausedAt }: ExperimentSummary) => state === 'running' && pausedAt === null
