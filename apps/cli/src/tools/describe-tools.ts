import type { ToolView } from '@goalpost/contracts'
import type { Context } from '../context.ts'
import { dataFolderOf, findEmbedded, namedService, readKey } from '../service/find-service.ts'
import { openServiceApi } from '../service/service-api.ts'
import { plain, truncate } from '../terminal/text.ts'

const hint = 'Protocols bring commands of their own; with a service running they are listed here.'

/** Help waits no longer for a service that is frozen. */
const patienceMs = 1_000

/** The commands that protocols bring along, if a service runs that knows them. Help starts none and never fails. */
export async function describeTools(context: Context): Promise<string[]> {
  const tools = await readTools(context).catch(() => null)
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

async function readTools(context: Context): Promise<readonly ToolView[] | null> {
  const options = { json: false }
  const running = namedService(context, options) ?? (await findEmbedded(dataFolderOf(context, options), { patienceMs }))
  if (running === null) return null
  const { items } = await openServiceApi('keyFile' in running ? await readKey(running) : running).protocols()
  return items.flatMap(({ tools }) => tools)
}
