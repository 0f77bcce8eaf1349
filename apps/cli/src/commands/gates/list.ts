import { printJson, printLines } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { parseLimit } from '../../terminal/parse-limit.ts'
import { renderTable } from '../../terminal/table.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'
import { outcomeCell } from './describe-run.ts'

type ListOptions = { readonly model?: string; readonly name?: string; readonly limit?: string }

export async function list({
  context,
  global,
  options: { model, name, limit = '50' },
}: Invocation<ListOptions>): Promise<Outcome> {
  const query = { model, name, limit: parseLimit(limit) }
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const { items, nextCursor } = await api.gates(query)
      if (global.json) return printJson(context, { items, nextCursor })
      if (items.length === 0) return context.print(model === undefined && name === undefined ? hint : 'No gate matches')
      const rows = items.map(({ name: gate, model: tested, version, latest }) => [
        { text: plain(gate) },
        { text: plain(tested) },
        { text: String(version) },
        { text: latest === null ? '' : String(latest.version) },
        latest === null ? { text: '' } : outcomeCell(context, latest.outcome),
      ])
      const columns = ['gate', 'model', 'gate version', 'latest tested', 'outcome'].map((title) => ({ title }))
      printLines(context, renderTable(context.terminal, { columns, rows }))
      if (nextCursor !== null) context.note(context.terminal.colours.dim('More are available: raise --limit'))
    },
  })
}

const hint = 'No gates yet. Create one:  npx goalpost gates apply examples/gates/corner.yaml'
