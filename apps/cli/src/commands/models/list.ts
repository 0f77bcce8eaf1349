import type { ModelView } from '@goalpost/contracts'
import { printJson, printLines, type Context } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { formatAge } from '../../terminal/numbers.ts'
import { parseLimit } from '../../terminal/parse-limit.ts'
import { renderTable } from '../../terminal/table.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'

type ListOptions = { readonly name?: string; readonly limit?: string }

export async function list({ context, global, options }: Invocation<ListOptions>): Promise<Outcome> {
  const { name } = options
  const limit = parseLimit(options.limit ?? '20')
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const { items, nextCursor } = await api.models({ name, limit })
      if (global.json) return printJson(context, { items, nextCursor })
      if (items.length === 0) return context.print(name === undefined ? hint : 'No model matches')
      printLines(context, modelTable(context, items))
      if (nextCursor !== null) context.note(context.terminal.colours.dim('More are available: raise --limit'))
    },
  })
}

const hint = 'No models yet. Start with:  npx goalpost models register NAME model.onnx'

function modelTable(context: Context, models: readonly ModelView[]): string[] {
  const columns = [
    { title: 'model' },
    { title: 'versions', align: 'right' as const },
    { title: 'latest', align: 'right' as const },
    { title: 'step', align: 'right' as const },
    { title: 'aliases' },
    { title: 'registered' },
  ]
  const rows = models.map(({ name, versions, latest, aliases }) =>
    [
      name,
      String(versions),
      String(latest?.number ?? ''),
      latest?.step?.toLocaleString('en-US') ?? '',
      aliases.map((alias) => `${alias.name} ${alias.version}`).join(', '),
      latest === null ? '' : formatAge(latest.createdAt, context.now()),
    ].map((text) => ({ text: plain(text) })),
  )
  return renderTable(context.terminal, { columns, rows })
}
