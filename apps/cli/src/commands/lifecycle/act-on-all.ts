import type { ExperimentView } from '@goalpost/contracts'
import { printJson } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { resolveExperiment, shortId } from '../../service/resolve-id.ts'
import type { ServiceApi } from '../../service/service-api.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'

type Changing = { readonly act: (api: ServiceApi, id: string) => Promise<ExperimentView>; readonly done: string }

export function archive(invocation: Invocation): Promise<Outcome> {
  return changeAll(invocation, { act: (api, id) => api.archive(id), done: 'Archived' })
}

export function unarchive(invocation: Invocation): Promise<Outcome> {
  return changeAll(invocation, { act: (api, id) => api.unarchive(id), done: 'Unarchived' })
}

export function pause(invocation: Invocation): Promise<Outcome> {
  return changeAll(invocation, { act: (api, id) => api.pause(id), done: 'Paused' })
}

export function resume(invocation: Invocation): Promise<Outcome> {
  return changeAll(invocation, { act: (api, id) => api.resume(id), done: 'Resumed' })
}

/** All references are looked up before the first change: a wrong one changes nothing. */
async function changeAll({ context, global, args }: Invocation, { act, done }: Changing): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const ids = await resolveAll(api, args)
      const views = []
      for (const id of ids) views.push(await act(api, id))
      if (global.json) return printJson(context, views)
      for (const { id, name } of views) context.print(`${done} ${plain(name)} (${shortId(id)})`)
    },
  })
}

/** Each once, in order. */
export async function resolveAll(api: ServiceApi, references: readonly string[]): Promise<string[]> {
  const ids = new Set<string>()
  for (const reference of references) ids.add(await resolveExperiment(api, reference))
  return [...ids]
}
