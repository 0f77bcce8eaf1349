import type { ExperimentView, RunView, TaskSummary } from '@goalpost/contracts'
import type { Context } from '../context.ts'
import { printJson, printLines } from '../context.ts'
import { withService } from '../service/connect.ts'
import { resolveExperiment } from '../service/resolve-id.ts'
import { formatAge, formatCompact } from '../terminal/numbers.ts'
import { shortHash } from '../terminal/prose.ts'
import { renderTable } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { plain, plural } from '../terminal/text.ts'
import { summariseProgress } from '../watch/progress.ts'
import type { Invocation, Outcome } from './command.ts'
import { failureLines } from './failure-lines.ts'
import { describeSearch } from './describe-search.ts'
import { noticeLines, paintState, summaryLine } from './describe-experiment.ts'

export type ShowOptions = { readonly tasks?: boolean; readonly spec?: boolean }

export async function show({
  context,
  global,
  args: [reference = ''],
  options,
}: Invocation<ShowOptions>): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const view = await api.experiment(await resolveExperiment(api, reference))
      if (global.json) return printJson(context, options.spec === true ? view.resolved : view)
      if (options.spec === true) return printJson(context, view.resolved)
      printLines(context, describe(context, view, options.tasks ?? false))
    },
  })
}

function describe(context: Context, view: ExperimentView, withTasks: boolean): string[] {
  const { terminal } = context
  const { colours } = terminal
  const facts = [
    ['id', view.id],
    ['protocol', `${plain(view.protocol)} ${view.resolved.protocolVersion}`],
    ['created', `${formatAge(view.createdAt, context.now())} (${view.createdAt})`],
    [
      'engine',
      `${plain(view.resolved.resources.engine)}, ${plural(view.resolved.resources.threads, 'thread')}, ${view.resolved.resources.device}`,
    ],
    [
      'labels',
      Object.entries(view.labels)
        .map(([name, value]) => `${plain(name)}=${plain(value)}`)
        .join(', '),
    ],
    ['deadline', view.deadline ?? ''],
    ['search', view.resolved.search === undefined ? '' : plain(describeSearch(view.resolved.search))],
    ['result', shortHash(view.resultHash ?? '')],
  ]
  return [
    summaryLine(context, view),
    ...failureLines(context, view),
    ...(view.stopReason === null ? [] : [colours.yellow(`stopped: ${plain(view.stopReason)}`)]),
    ...noticeLines(context, view),
    ...(view.resolved.description === undefined ? [] : [plain(view.resolved.description)]),
    '',
    ...facts
      .filter(([, value]) => value !== '')
      .map(([name = '', value = '']) => `  ${colours.dim(name.padEnd(8))}  ${value}`),
    '',
    ...(withTasks ? taskTable(terminal, view) : runTable(terminal, view)),
  ]
}

function runTable(terminal: Terminal, view: ExperimentView): string[] {
  const shares = summariseProgress(view).runs.map(({ share }) => share)
  const marks = new Map(view.resolved.conditions.map(({ name, marks: texts }) => [name, texts.join(', ')]))
  const rows = view.runs.map((run, index) => [
    { text: plain(run.condition) },
    { text: plain(marks.get(run.condition) ?? ''), paint: terminal.colours.dim },
    { text: String(run.seed) },
    stateCell(terminal, run.state),
    { text: `${Math.floor((shares[index] ?? 0) * 100)} %` },
    { text: run.id, paint: terminal.colours.dim },
  ])
  const titles = ['condition', 'marks', 'seed', 'state', 'done', 'run']
  const columns = titles.map((title) => ({
    title,
    ...(['seed', 'done'].includes(title) ? { align: 'right' as const } : {}),
    ...(title === 'run' ? { whole: true } : {}),
  }))
  return renderTable(terminal, { columns, rows })
}

function taskTable(terminal: Terminal, view: ExperimentView): string[] {
  const rows = [
    ...view.runs.flatMap((run) => run.tasks.map((task) => taskRow(terminal, task, run))),
    ...view.sharedTasks.map((task) => taskRow(terminal, task, null)),
  ]
  const titles = ['condition', 'seed', 'task', 'state', 'progress', 'attempts']
  const columns = titles.map((title) => ({
    title,
    ...(['seed', 'attempts'].includes(title) ? { align: 'right' as const } : {}),
  }))
  return renderTable(terminal, { columns, rows })
}

function taskRow(terminal: Terminal, task: TaskSummary, run: RunView | null) {
  const { progress } = task
  return [
    { text: run === null ? '(shared)' : plain(run.condition) },
    { text: run === null ? '' : String(run.seed) },
    { text: plain(task.key) },
    stateCell(terminal, task.state, task.reused ? `${task.state}, reused` : task.state),
    {
      text:
        progress === null
          ? ''
          : `${formatCompact(progress.done)} of ${formatCompact(progress.total)} ${plain(progress.unit)}`,
    },
    { text: String(task.attempts) },
  ]
}

function stateCell(terminal: Terminal, state: string, text = state) {
  return { text, paint: (padded: string) => paintState(terminal, state, padded) }
}
