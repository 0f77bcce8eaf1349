import type { FileCount, StorageView } from '@goalpost/contracts'
import { printJson, printLines, type Context } from '../../context.ts'
import { withService } from '../../service/connect.ts'
import { shortId } from '../../service/resolve-id.ts'
import { formatAge, formatBytes } from '../../terminal/numbers.ts'
import { quotaRows } from '../../terminal/quota-rows.ts'
import { renderTable } from '../../terminal/table.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'

export async function storage({ context, global }: Invocation): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const view = await api.storage()
      if (global.json) return printJson(context, view)
      showKinds(context, view)
      showExperiments(context, view)
      showQuota(context, view)
      const { latestCollection: latest } = view
      if (latest !== null)
        context.print(
          `Last looked for unneeded files ${formatAge(latest.startedAt, context.now())}: removed ${latest.files} (${formatBytes(latest.bytes)})`,
        )
    },
  })
}

function showKinds(context: Context, { kinds, total }: StorageView): void {
  const named: [string, FileCount][] = [
    ['uploads', kinds.uploads],
    ['checkpoints', kinds.checkpoints],
    ['results', kinds.results],
    ['unneeded, removed soon', kinds.unneeded],
    ['total', total],
  ]
  const rows = named.map(([name, { files, bytes }]) => [name, `${files}`, formatBytes(bytes)].map((text) => ({ text })))
  printLines(context, renderTable(context.terminal, { columns: [{ title: 'kind' }, ...numbers], rows }))
}

/** Only what is limited. */
function showQuota(context: Context, { quota, use }: StorageView): void {
  const limited = quotaRows(quota, use).filter(([, , limit]) => limit !== 'none')
  for (const [what, used, limit] of limited) context.print(`Limit of the workspace: ${what} ${used} of ${limit}`)
}

const numbers = ['files', 'bytes'].map((title) => ({ title, align: 'right' as const }))

function showExperiments(context: Context, { experiments }: StorageView): void {
  if (experiments.length === 0) return
  context.print('')
  const rows = experiments.map(({ id, name, archived, files, bytes }) =>
    [shortId(id), archived ? `${plain(name)} (archived)` : plain(name), `${files}`, formatBytes(bytes)].map((text) => ({
      text,
    })),
  )
  const columns = [{ title: 'id', whole: true }, { title: 'experiment' }, ...numbers]
  printLines(context, renderTable(context.terminal, { columns, rows }))
}
