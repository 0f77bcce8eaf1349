import { GoalpostError, priorityChange } from '@goalpost/contracts'
import { printJson } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { resolveExperiment, shortId } from '../../service/resolve-id.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'

export async function prioritize({ context, global, args: [reference = '', text = ''] }: Invocation): Promise<Outcome> {
  const parsed = priorityChange.safeParse({ priority: text.trim() === '' ? NaN : Number(text) })
  if (!parsed.success)
    throw new GoalpostError(
      'invalid-request',
      `${JSON.stringify(text)} is not a priority: give a whole number from -100 to 100`,
    )
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const view = await api.setPriority(await resolveExperiment(api, reference), parsed.data.priority)
      if (global.json) return printJson(context, view)
      context.print(`${plain(view.name)} (${shortId(view.id)}) has priority ${view.priority}`)
    },
  })
}
