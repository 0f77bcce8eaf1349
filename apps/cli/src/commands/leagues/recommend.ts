import { everyItem } from '@goalpost/client'
import { GoalpostError } from '@goalpost/contracts'
import { printJson, printLines } from '../../context.ts'
import { renderReport } from '../../report/render-report.ts'
import { withService } from '../../service/connect.ts'
import { resolveBeginning, resolveExperiment } from '../../service/resolve-id.ts'
import type { ServiceApi } from '../../service/service-api.ts'
import type { Invocation, Outcome } from '../command.ts'

export type RecommendOptions = { readonly league?: readonly string[] }

/** The label of searches that belong to the league. */
const leagueLabel = 'league'

const mostExperiments = 20

/** Which method to try next for a condition, by the results of a league. */
export async function recommend({
  context,
  global,
  args: [reference = ''],
  options,
}: Invocation<RecommendOptions>): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const [experimentId = '', ...rest] = (await resolveBeginning(api, reference)).split(':')
      const condition = rest.join(':')
      const league = await findLeague(api, options.league ?? [])
      const found = await api.recommend({ experimentId, league, ...(condition === '' ? {} : { condition }) })
      if (global.json) printJson(context, found)
      else printLines(context, renderReport(context.terminal, found.report))
    },
  })
}

/** The named experiments, or the newest of each name that has the label and has succeeded. */
async function findLeague(api: ServiceApi, named: readonly string[]): Promise<string[]> {
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
