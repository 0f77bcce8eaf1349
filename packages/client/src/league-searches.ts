import { GoalpostError } from '@goalpost/contracts'
import type { Client } from './create-client.ts'
import { everyItem } from './every-item.ts'

/** The label of searches that belong to the league. */
const leagueLabel = 'league'
/** What the API puts together. */
const mostExperiments = 20

/**
 * The experiments of the league: the newest of each name that has the label `league` and has succeeded. Rejects with
 * `not-found` if there is none.
 */
export async function leagueSearches(client: Pick<Client, 'experiments'>): Promise<string[]> {
  const newest = new Map<string, string>()
  const query = { limit: 100, label: leagueLabel, state: 'succeeded' as const }
  for await (const { id, name } of everyItem((cursor) =>
    client.experiments({ ...query, ...(cursor === undefined ? {} : { cursor }) }),
  )) {
    if (!newest.has(name)) newest.set(name, id)
    if (newest.size === mostExperiments) break
  }
  if (newest.size > 0) return [...newest.values()]
  throw new GoalpostError(
    'not-found',
    'There is no league here: run `npx goalpost league` on specs with the label `league`, or name their experiments',
  )
}
