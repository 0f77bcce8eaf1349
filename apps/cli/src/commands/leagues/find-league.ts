import { everyItem } from '@goalpost/client'
import { GoalpostError } from '@goalpost/contracts'
import { resolveExperiment } from '../../service/resolve-id.ts'
import type { ServiceApi } from '../../service/service-api.ts'

/** The label of searches that belong to the league. */
const leagueLabel = 'league'

const mostExperiments = 20

/** The named experiments, or the newest of each name that has the label and has succeeded. */
export async function findLeague(api: ServiceApi, named: readonly string[]): Promise<string[]> {
  if (named.length > 0) return Promise.all(named.map((reference) => resolveExperiment(api, reference)))
  const newest = new Map<string, string>()
  const query = { limit: 100, label: leagueLabel, state: 'succeeded' as const }
  for await (const { id, name } of everyItem((cursor) =>
    api.experiments({ ...query, ...(cursor === undefined ? {} : { cursor }) }),
  )) {
    if (!newest.has(name)) newest.set(name, id)
    if (newest.size === mostExperiments) break
  }
  if (newest.size > 0) return [...newest.values()]
  throw new GoalpostError(
    'not-found',
    'There is no league here: run `npx goalpost league` on specs with the label `league`, or name experiments with --league',
  )
}
