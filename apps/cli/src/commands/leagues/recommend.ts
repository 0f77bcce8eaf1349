import { printJson, printLines } from '../../context.ts'
import { renderReport } from '../../report/render-report.ts'
import { withService } from '../../service/connect.ts'
import { resolveBeginning } from '../../service/resolve-id.ts'
import type { Invocation, Outcome } from '../command.ts'
import { findLeague } from './find-league.ts'

export type RecommendOptions = { readonly league?: readonly string[] }

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
