import type { AliasMoveView } from '@goalpost/contracts'
import { printJson, printLines } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { parseLimit } from '../../terminal/parse-limit.ts'
import { renderTable } from '../../terminal/table.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'

type HistoryOptions = { readonly alias?: string; readonly limit?: string }

export async function history({
  context,
  global,
  args: [model = ''],
  options,
}: Invocation<HistoryOptions>): Promise<Outcome> {
  const query = { alias: options.alias, limit: parseLimit(options.limit ?? '20') }
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const { items, nextCursor } = await api.aliasMoves(model, query)
      if (global.json) return printJson(context, { items, nextCursor })
      if (items.length === 0) return context.print('No alias was ever moved')
      const columns = ['time (UTC)', 'alias', 'from', 'to', 'by'].map((title) => ({ title }))
      const rows = items.map((move) => cellsOf(move).map((text) => ({ text: plain(text) })))
      printLines(context, renderTable(context.terminal, { columns, rows }))
      if (nextCursor !== null) context.note(context.terminal.colours.dim('More are available: raise --limit'))
    },
  })
}

function cellsOf({ at, alias, from, to, createdBy }: AliasMoveView): string[] {
  return [at.slice(0, 19).replace('T', ' '), alias, String(from ?? 'none'), String(to ?? 'removed'), createdBy ?? '']
}
