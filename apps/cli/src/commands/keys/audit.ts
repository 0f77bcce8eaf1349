import type { AuditEvent } from '@goalpost/contracts'
import { printJson, printLines } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { parseLimit } from '../../terminal/parse-limit.ts'
import { renderTable } from '../../terminal/table.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'

export async function audit({ context, global, options }: Invocation<{ readonly limit?: string }>): Promise<Outcome> {
  const limit = parseLimit(options.limit ?? '50')
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const { items, nextCursor } = await api.audit({ limit })
      if (global.json) return printJson(context, { items, nextCursor })
      const columns = ['time (UTC)', 'by', 'from', 'change', 'of'].map((title) => ({ title }))
      const rows = items.map((event) => cellsOf(event).map((text) => ({ text: plain(text) })))
      printLines(context, renderTable(context.terminal, { columns, rows }))
      if (nextCursor !== null) context.note(context.terminal.colours.dim('More are available: raise --limit'))
    },
  })
}

function cellsOf({ at, actor, address, action, subject }: AuditEvent): string[] {
  return [at.slice(0, 19).replace('T', ' '), actor?.name ?? 'the service', address ?? '', action, subject.name]
}
