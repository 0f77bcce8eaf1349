import { printJson, printLines } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { parseLimit } from '../../terminal/parse-limit.ts'
import type { Invocation, Outcome } from '../command.ts'
import { describeTrend } from './describe-trend.ts'

/** The verdicts of all experiments of one name, over time. */
export async function trend({
  context,
  global,
  args: [name = ''],
  options: { limit = '20' },
}: Invocation<{ readonly limit?: string }>): Promise<Outcome> {
  const query = { name, limit: parseLimit(limit) }
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const view = await api.trend(query)
      if (global.json) return printJson(context, view)
      printLines(context, describeTrend(context.terminal, view))
      if (view.leftOut) context.note(context.terminal.colours.dim('There are older experiments: raise --limit'))
    },
  })
}
