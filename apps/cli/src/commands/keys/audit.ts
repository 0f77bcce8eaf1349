import type { AuditEvent } from '@goalpost/contracts'
import { everyItem } from '@goalpost/client'
import { GoalpostError } from '@goalpost/contracts'
import { printJson, printLines, type Context } from '../../context.ts'
import { csvLine } from '../../output/csv-line.ts'
import { withService } from '../../service/connect.ts'
import type { ServiceApi } from '../../service/service-api.ts'
import { parseLimit } from '../../terminal/parse-limit.ts'
import { renderTable } from '../../terminal/table.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'

type AuditOptions = { readonly limit?: string; readonly all?: boolean; readonly csv?: boolean }

export async function audit({ context, global, options }: Invocation<AuditOptions>): Promise<Outcome> {
  const { all = false, csv = false } = options
  if (all && options.limit !== undefined) throw new GoalpostError('invalid-request', 'Give --all or --limit, not both')
  if (csv && global.json) throw new GoalpostError('invalid-request', 'Give --csv or --json, not both')
  const limit = parseLimit(options.limit ?? '50')
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const { items, nextCursor } = all ? await readAll(api) : await api.audit({ limit })
      if (global.json) return printJson(context, { items, nextCursor })
      if (csv) printLines(context, auditCsv(items))
      else printTable(context, items)
      if (nextCursor !== null) context.note(context.terminal.colours.dim('More are available: use --all'))
    },
  })
}

async function readAll(api: ServiceApi) {
  const items: AuditEvent[] = []
  for await (const event of everyItem((cursor) => api.audit({ cursor, limit: 200 }))) items.push(event)
  return { items, nextCursor: null }
}

function printTable(context: Context, items: readonly AuditEvent[]): void {
  const columns = ['time (UTC)', 'by', 'from', 'change', 'of'].map((title) => ({ title }))
  const rows = items.map((event) => cellsOf(event).map((text) => ({ text: plain(text) })))
  printLines(context, renderTable(context.terminal, { columns, rows }))
}

function cellsOf({ at, actor, address, action, subject }: AuditEvent): string[] {
  return [at.slice(0, 19).replace('T', ' '), actor?.name ?? 'the service', address ?? '', action, subject.name]
}

const csvColumns = [
  'id',
  'at',
  'action',
  'keyId',
  'keyName',
  'address',
  'subjectType',
  'subjectId',
  'subjectName',
  'before',
  'after',
]

/** A line per entry; the values before and after as JSON. Empty: the service itself did it, or there is no value. */
export function auditCsv(items: readonly AuditEvent[]): string[] {
  const json = (value: AuditEvent['before']) => (value === null ? null : JSON.stringify(value))
  const lines = items.map(({ id, at, action, actor, address, subject, before, after }) =>
    csvLine([
      id,
      at,
      action,
      actor?.keyId,
      actor?.name,
      address,
      subject.type,
      subject.id,
      subject.name,
      json(before),
      json(after),
    ]),
  )
  return [csvLine(csvColumns), ...lines]
}
