import type { ToolView } from '@goalpost/contracts'
import type { Context, GlobalOptions } from '../context.ts'
import { dataFolderOf, findEmbedded, namedService, readKey } from '../service/find-service.ts'
import { openServiceApi } from '../service/service-api.ts'
import { plain, truncate } from '../terminal/text.ts'

const hint = 'Protocols have commands of their own, listed here while a service is running.'

/** A frozen service delays help no longer than this. */
const patienceMs = 1_000

/** The commands of protocols, if a service is running. Help neither starts one nor fails. */
export async function describeTools(context: Context, global: GlobalOptions): Promise<string[]> {
  const tools = await readTools(context, global).catch(() => null)
  if (tools === null || tools.length === 0) return ['', hint]
  const { columns, symbols } = context.terminal
  const rows = tools.map(({ group, name, summary }) => ({
    command: plain(`${group} ${name}`),
    summary: plain(summary),
  }))
  const width = Math.max(...rows.map(({ command }) => command.length))
  return [
    '',
    'Commands of protocols:',
    ...rows.map(({ command, summary }) =>
      truncate(`  ${command.padEnd(width)}  ${summary}`, columns, symbols.ellipsis),
    ),
  ]
}

async function readTools(context: Context, global: GlobalOptions): Promise<readonly ToolView[] | null> {
  const running = namedService(context, global) ?? (await findEmbedded(dataFolderOf(context, global), { patienceMs }))
  if (running === null) return null
  const { items } = await openServiceApi('keyFile' in running ? await readKey(running) : running).protocols()
  return items.flatMap(({ tools }) => tools)
}
