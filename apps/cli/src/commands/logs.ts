import type { LogLine } from '@goalpost/contracts'
import { everyItem } from '@goalpost/client'
import type { Context } from '../context.ts'
import { printJson } from '../context.ts'
import { withService } from '../service/connect.ts'
import type { ServiceApi } from '../service/service-api.ts'
import { findTasks, type NamedTask } from '../service/find-tasks.ts'
import { plain } from '../terminal/text.ts'
import type { Invocation, Outcome } from './command.ts'

export type LogsOptions = { readonly only?: string }

/** Task logs: of one task, of one run, or of an experiment. */
export async function logs({
  context,
  global,
  args: [reference = ''],
  options: { only = '' },
}: Invocation<LogsOptions>): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const sources = (await findTasks(api, reference)).filter(({ name }) => name.includes(only))
      const lines = (await Promise.all(sources.map((source) => readLines(api, source)))).flat()
      lines.sort((a, b) => a.line.at.localeCompare(b.line.at))
      if (global.json) return printJson(context, { items: lines.map(({ line }) => line) })
      if (lines.length === 0) return context.note(context.terminal.colours.dim('Nothing was logged'))
      for (const { line, name } of lines) context.print(formatLine(context, line, sources.length > 1 ? name : null))
    },
  })
}

async function readLines(api: ServiceApi, { name, taskId }: NamedTask): Promise<{ name: string; line: LogLine }[]> {
  const lines: { name: string; line: LogLine }[] = []
  const readPage = (cursor: string | undefined) =>
    api.logs(taskId, { limit: 200, ...(cursor === undefined ? {} : { cursor }) })
  for await (const line of everyItem(readPage)) lines.push({ name, line })
  return lines
}

function formatLine({ terminal }: Context, line: LogLine, name: string | null): string {
  const { colours } = terminal
  const paint = { debug: colours.dim, info: (text: string) => text, warn: colours.yellow, error: colours.red }[
    line.level
  ]
  const source = name === null ? '' : `${colours.cyan(plain(name))}  `
  return `${colours.dim(line.at)}  ${paint(line.level.padEnd(5))}  ${source}${plain(line.message)}`
}
