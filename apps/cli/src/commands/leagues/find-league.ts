import { leagueSearches } from '@goalpost/client'
import { resolveExperiment } from '../../service/resolve-id.ts'
import type { ServiceApi } from '../../service/service-api.ts'

/** The named experiments, or those of the league. */
export async function findLeague(api: ServiceApi, named: readonly string[]): Promise<string[]> {
  if (named.length > 0) return Promise.all(named.map((reference) => resolveExperiment(api, reference)))
  return leagueSearches(api)
}
