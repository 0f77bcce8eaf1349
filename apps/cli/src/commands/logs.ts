import type { ExperimentView, LogLine, RunView, TaskSummary } from '@goalpost/contracts'
import { everyItem } from '@goalpost/client'
import { GoalpostError } from '@goalpost/contracts'
import type { Context } from '../context.ts'
import { printJson } from '../context.ts'
import { withService } from '../service/connect.ts'
import type { ServiceApi } from '../service/service-api.ts'
import { resolveExperiment } from '../service/resolve-id.ts'
import { plain } from '../terminal/text.ts'
import type { Invocation, Outcome } from './command.ts'

export type LogsOptions = { readonly only?: string }

type Source = { readonly name: string; readonly taskId: string }

/** What the tasks have said: of one task, of one run, or of an experiment. */
export async function logs({
  context,
  global,
  args: [reference = ''],
  options: { only = '' },
}: Invocation<LogsOptions>): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const sources = (await findSources(api, reference)).filter(({ name }) => name.includes(only))
      const lines = (await Promise.all(sources.map((source) => readLines(api, source)))).flat()
      lines.sort((a, b) => a.line.at.localeCompare(b.line.at))
      if (global.json) return printJson(context, { items: lines.map(({ line }) => line) })
      if (lines.length === 0) return context.note(context.terminal.colours.dim('Nothing was logged'))
      for (const { line, name } of lines) context.print(formatLine(context, line, sources.length > 1 ? name : null))
    },
  })
}

/** Ids of tasks, runs and experiments look alike: each is asked for in turn. */
async function findSources(api: ServiceApi, reference: string): Promise<Source[]> {
  const found = await firstFound([
    async () => sourcesOfExperiment(await api.experiment(await resolveExperiment(api, reference))),
    async () => sourcesOfRun(await api.run(reference)),
    async () => [{ name: (await api.task(reference)).key, taskId: reference }],
  ])
  if (found === null)
    throw new GoalpostError('not-found', `There is no task, run or experiment ${JSON.stringify(reference)}`)
  return found
}

async function firstFound<Result>(attempts: readonly (() => Promise<Result>)[]): Promise<Result | null> {
  for (const attempt of attempts) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof GoalpostError) || !['not-found', 'invalid-request'].includes(error.code)) throw error
    }
  }
  return null
}

function sourcesOfExperiment({ runs, sharedTasks }: ExperimentView): Source[] {
  const sources = [...runs.flatMap(sourcesOfRun), ...sharedTasks.map(sourceOfTask)]
  return [...new Map(sources.map((source) => [source.taskId, source])).values()]
}

function sourcesOfRun(run: RunView): Source[] {
  return run.tasks.map((task) => ({ name: `${run.condition} seed ${run.seed} ${task.key}`, taskId: task.id }))
}

function sourceOfTask({ id, key }: TaskSummary): Source {
  return { name: key, taskId: id }
}

async function readLines(api: ServiceApi, { name, taskId }: Source): Promise<{ name: string; line: LogLine }[]> {
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
