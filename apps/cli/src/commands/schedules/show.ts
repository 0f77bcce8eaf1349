import { printJson, printLines } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import type { Invocation, Outcome } from '../command.ts'
import { describeSchedule, occurrenceTable, runTable } from './describe-schedule.ts'

export async function show({ context, global, args: [name = ''] }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const schedule = await api.schedule(name)
      if (global.json) return printJson(context, schedule)
      printLines(context, [
        ...describeSchedule(context, schedule),
        ...(schedule.upcoming.length === 0 ? [] : ['', ...occurrenceTable(context, schedule.upcoming)]),
        ...(schedule.runs.length === 0 ? [] : ['', ...runTable(context, schedule.runs)]),
      ])
    },
  })
}
