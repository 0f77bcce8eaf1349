import { GoalpostError, type Retention, type RetentionChange } from '@goalpost/contracts'
import { printJson, printLines, type Context } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { renderTable } from '../../terminal/table.ts'
import type { Invocation, Outcome } from '../command.ts'

type Kind = keyof Retention
export type RetentionOptions = { readonly [kind in Kind]?: string }

const kinds: readonly Kind[] = ['points', 'logs', 'events', 'checkpoints']

/** Without options, it only shows the rules. */
export async function retention({ context, global, options }: Invocation<RetentionOptions>): Promise<Outcome> {
  const change = parseDays(options)
  const changes = Object.keys(change).length > 0
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const rules = changes ? await api.setRetention(change) : await api.retention()
      if (global.json) return printJson(context, rules)
      show(context, rules)
    },
  })
}

/** `none` keeps for ever. */
export function parseDays(options: RetentionOptions): RetentionChange {
  const given = kinds.flatMap((kind) => {
    const text = options[kind]
    return text === undefined ? [] : [[kind, text === 'none' ? null : parse(kind, text)] as const]
  })
  return Object.fromEntries(given)
}

function parse(kind: Kind, text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text)
  throw new GoalpostError('invalid-request', `--${kind} must be a number of days or none, not ${JSON.stringify(text)}`)
}

function show(context: Context, rules: Retention): void {
  const rows = kinds.map((kind) => {
    const days = rules[kind]
    return [kind, days === null ? 'for ever' : `${days} days`].map((text) => ({ text }))
  })
  const columns = [{ title: 'of ended experiments' }, { title: 'kept' }]
  printLines(context, renderTable(context.terminal, { columns, rows }))
}
