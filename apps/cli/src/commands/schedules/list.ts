import { GoalpostError, type ScheduleSummary } from '@goalpost/contracts'
import { printJson, printLines, type Context } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { renderTable } from '../../terminal/table.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'
import { actionText, localText, outcomeText } from './describe-schedule.ts'

export async function list({ context, global, options }: Invocation<{ readonly limit?: string }>): Promise<Outcome> {
  const limit = Number(options.limit ?? '50')
  if (!Number.isInteger(limit) || limit < 1 || limit > 200)
    throw new GoalpostError('invalid-request', `--limit must be a whole number from 1 to 200, not ${options.limit}`)
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const { items, nextCursor } = await api.schedules({ limit })
      if (global.json) return printJson(context, { items, nextCursor })
      if (items.length === 0)
        return context.print(
          'No schedules yet. Create one:  npx goalpost schedules apply examples/schedules/nightly.yaml',
        )
      printLines(context, scheduleTable(context, items))
      if (nextCursor !== null) context.note(context.terminal.colours.dim('More are available: raise --limit'))
    },
  })
}

function scheduleTable({ terminal }: Context, items: readonly ScheduleSummary[]): string[] {
  return renderTable(terminal, {
    columns: ['name', 'cron', 'time zone', 'experiment', 'next', 'latest'].map((title) => ({
      title,
      ...(title === 'name' ? { whole: true } : {}),
    })),
    rows: items.map((item) =>
      [
        item.name,
        item.cron,
        item.timezone,
        actionText(item),
        item.paused ? 'paused' : item.next === null ? 'never' : localText(item.next),
        item.latest === null ? '' : outcomeText(item.latest),
      ].map((text) => ({ text: plain(text) })),
    ),
  })
}
