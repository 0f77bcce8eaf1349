import { printJson, printLines } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { shortId } from '../../service/resolve-id.ts'
import type { ServiceApi } from '../../service/service-api.ts'
import type { Invocation, Outcome } from '../command.ts'
import { describeSchedule } from './describe-schedule.ts'

export function pause(invocation: Invocation): Promise<Outcome> {
  return change(invocation, (api, name) => api.pauseSchedule(name))
}

export function resume(invocation: Invocation): Promise<Outcome> {
  return change(invocation, (api, name) => api.resumeSchedule(name))
}

async function change(
  { context, global, args: [name = ''] }: Invocation,
  act: (api: ServiceApi, name: string) => ReturnType<ServiceApi['schedule']>,
): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const schedule = await act(api, name)
      if (global.json) printJson(context, schedule)
      else printLines(context, describeSchedule(context, schedule))
    },
  })
}

export async function runNow({ context, global, args: [name = ''] }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const run = await api.runSchedule(name)
      if (global.json) return printJson(context, run)
      const id = shortId(run.experimentId ?? '')
      context.print(`Started experiment ${id}`)
      context.print(context.terminal.colours.cyan(`npx goalpost watch ${id}`))
    },
  })
}

export async function remove({ context, global, args: [name = ''] }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      await api.deleteSchedule(name)
      if (global.json) printJson(context, { deleted: name })
      else context.print(`Deleted the schedule ${name}; its experiments are kept`)
    },
  })
}
