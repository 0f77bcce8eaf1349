import { deadlineChange, GoalpostError } from '@goalpost/contracts'
import { printJson } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { resolveExperiment, shortId } from '../../service/resolve-id.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'

export async function setDeadline({
  context,
  global,
  args: [reference = '', text = ''],
}: Invocation): Promise<Outcome> {
  const parsed = deadlineChange.safeParse({ deadline: text === 'none' ? null : text })
  if (!parsed.success)
    throw new GoalpostError(
      'invalid-request',
      `${JSON.stringify(text)} is not a deadline: give a time such as 2027-01-31T18:00:00Z, how long from now on, such as 36h, or none`,
    )
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const view = await api.setDeadline(await resolveExperiment(api, reference), parsed.data.deadline)
      if (global.json) return printJson(context, view)
      const what = view.deadline === null ? 'has no deadline' : `is stopped at ${view.deadline} if it has not ended`
      context.print(`${plain(view.name)} (${shortId(view.id)}) ${what}`)
    },
  })
}
