import { GoalpostError, labelChange, type LabelChangeInput } from '@goalpost/contracts'
import { printJson } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { resolveExperiment } from '../../service/resolve-id.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'

export async function label({ context, global, args: [reference = '', ...texts] }: Invocation): Promise<Outcome> {
  const change = parseLabels(texts)
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const view = await api.setLabels(await resolveExperiment(api, reference), change)
      if (global.json) return printJson(context, view)
      const labels = Object.entries(view.labels).map(([key, value]) => `${key}=${value}`)
      context.print(`${plain(view.name)}: ${labels.length === 0 ? 'no labels' : plain(labels.join(', '))}`)
    },
  })
}

/** `key=value` sets, `key-` removes. */
export function parseLabels(texts: readonly string[]): LabelChangeInput {
  const set: Record<string, string> = {}
  const remove: string[] = []
  for (const text of texts) {
    const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
    if (key !== undefined && value !== undefined) set[key] = value
    else if (/^[^=]+-$/.test(text)) remove.push(text.slice(0, -1))
    else throw wrong(text, 'write key=value to set it, or key- to remove it')
  }
  const parsed = labelChange.safeParse({ set, remove })
  if (!parsed.success) throw wrong(texts.join(' '), 'keys have at most 60 characters, values 200')
  return { set, remove }
}

function wrong(text: string, remedy: string): GoalpostError {
  return new GoalpostError('invalid-request', `${JSON.stringify(text)} is not a label: ${remedy}`)
}

export async function note({
  context,
  global,
  args: [reference = '', text],
  options: { remove = false },
}: Invocation<{ readonly remove?: boolean }>): Promise<Outcome> {
  if (remove && text !== undefined) throw new GoalpostError('invalid-request', 'Give a text or --remove, not both')
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const id = await resolveExperiment(api, reference)
      const changes = remove || text !== undefined
      const view = changes ? await api.setNote(id, text ?? null) : await api.experiment(id)
      if (global.json) printJson(context, view)
      else context.print(view.note === null ? `${plain(view.name)} has no note` : plain(view.note))
    },
  })
}
