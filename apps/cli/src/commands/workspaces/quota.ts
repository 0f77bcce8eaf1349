import { GoalpostError, type QuotaChange, type WorkspaceView } from '@goalpost/contracts'
import { printJson, printLines, type Context } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { parseBytes } from '../../terminal/parse-bytes.ts'
import { quotaRows } from '../../terminal/quota-rows.ts'
import { renderTable } from '../../terminal/table.ts'
import type { Invocation, Outcome } from '../command.ts'

export type QuotaOptions = {
  readonly cpu?: string
  readonly gpu?: string
  readonly runs?: string
  readonly storage?: string
  readonly weight?: string
}

/** Without options, it only shows the quota. */
export async function quota({
  context,
  global,
  args: [name = ''],
  options,
}: Invocation<QuotaOptions>): Promise<Outcome> {
  const change = parseChange(options)
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const workspace = await api.setQuota(name, change)
      if (global.json) return printJson(context, workspace)
      show(context, workspace)
    },
  })
}

function parseChange({ cpu, gpu, runs, storage, weight }: QuotaOptions): QuotaChange {
  return {
    ...(cpu !== undefined && { cpuTasks: orNone(cpu, (text) => parseCount('--cpu', text)) }),
    ...(gpu !== undefined && { gpuTasks: orNone(gpu, (text) => parseCount('--gpu', text)) }),
    ...(runs !== undefined && { unfinishedRuns: orNone(runs, (text) => parseCount('--runs', text)) }),
    ...(storage !== undefined && { storageBytes: orNone(storage, (text) => parseBytes('--storage', text)) }),
    ...(weight !== undefined && { weight: parseCount('--weight', weight) }),
  }
}

const orNone = (text: string, parse: (text: string) => number) => (text === 'none' ? null : parse(text))

function parseCount(flag: string, text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text)
  throw new GoalpostError('invalid-request', `${flag} must be a whole number, not ${JSON.stringify(text)}`)
}

function show(context: Context, { quota: limits, use }: WorkspaceView): void {
  const rows = [...quotaRows(limits, use), ['weight', '', String(limits.weight)]]
  const columns = [
    { title: 'limit on' },
    { title: 'in use', align: 'right' as const },
    { title: 'limit', align: 'right' as const },
  ]
  printLines(
    context,
    renderTable(context.terminal, { columns, rows: rows.map((row) => row.map((text) => ({ text }))) }),
  )
}
