import { GoalpostError, logLevel, type LogLevel, type LogLine } from '@goalpost/contracts'
import { everyItem } from '@goalpost/client'
import type { Context } from '../context.ts'
import { printJson } from '../context.ts'
import { withService } from '../service/connect.ts'
import { findTaskSource } from '../service/find-tasks.ts'
import { plain } from '../terminal/text.ts'
import type { Invocation, Outcome } from './command.ts'

export type LogsOptions = { readonly only?: string; readonly level?: string; readonly search?: string }

/** Task logs: of one task, of one run, or of an experiment. */
export async function logs({
  context,
  global,
  args: [reference = ''],
  options,
}: Invocation<LogsOptions>): Promise<Outcome> {
  const query = parseQuery(options)
  const { only = '' } = options
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const { experiment, tasks } = await findTaskSource(api, reference)
      const names = new Map(tasks.filter(({ name }) => name.includes(only)).map(({ name, taskId }) => [taskId, name]))
      const lines =
        experiment !== null && only === ''
          ? await readLines((cursor) => api.experimentLogs(experiment, { ...query, ...cursor }))
          : await readTasks([...names.keys()], (taskId, cursor) => api.logs(taskId, { ...query, ...cursor }))
      lines.sort((a, b) => a.at.localeCompare(b.at))
      if (global.json) return printJson(context, { items: lines })
      if (lines.length === 0) return context.note(context.terminal.colours.dim(nothingFound(query)))
      for (const line of lines)
        context.print(formatLine(context, line, names.size > 1 ? (names.get(line.taskId) ?? line.taskId) : null))
    },
  })
}

type Query = { readonly level?: LogLevel; readonly search?: string; readonly limit: number }
type Cursor = { readonly cursor?: string }
type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null }

function parseQuery({ level, search }: LogsOptions): Query {
  const parsed = logLevel.optional().safeParse(level)
  if (!parsed.success)
    throw new GoalpostError(
      'invalid-request',
      `--level is one of ${logLevel.options.join(', ')}, not ${JSON.stringify(level)}`,
    )
  if (search === '') throw new GoalpostError('invalid-request', '--search needs a text')
  return {
    limit: 200,
    ...(parsed.data === undefined ? {} : { level: parsed.data }),
    ...(search === undefined ? {} : { search }),
  }
}

function nothingFound({ level, search }: Query): string {
  return level === undefined && search === undefined ? 'Nothing was logged' : 'No line matches'
}

async function readLines(readPage: (cursor: Cursor) => Promise<Page<LogLine>>): Promise<LogLine[]> {
  const lines: LogLine[] = []
  for await (const line of everyItem((cursor) => readPage(cursor === undefined ? {} : { cursor }))) lines.push(line)
  return lines
}

async function readTasks(
  taskIds: readonly string[],
  readPage: (taskId: string, cursor: Cursor) => Promise<Page<LogLine>>,
): Promise<LogLine[]> {
  return (await Promise.all(taskIds.map((taskId) => readLines((cursor) => readPage(taskId, cursor))))).flat()
}

function formatLine({ terminal }: Context, line: LogLine, name: string | null): string {
  const { colours } = terminal
  const paint = { debug: colours.dim, info: (text: string) => text, warn: colours.yellow, error: colours.red }[
    line.level
  ]
  const source = name === null ? '' : `${colours.cyan(plain(name))}  `
  return `${colours.dim(line.at)}  ${paint(line.level.padEnd(5))}  ${source}${plain(line.message)}`
}
