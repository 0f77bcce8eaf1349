import type { ExperimentSummary, ExperimentView } from '@goalpost/contracts'
import type { Context, GlobalOptions } from '../context.ts'
import { shortId } from '../service/resolve-id.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { plain, plural } from '../terminal/text.ts'

export function paintState({ colours }: Terminal, state: string, text: string): string {
  if (state === 'succeeded') return colours.green(text)
  if (state === 'failed') return colours.red(text)
  return state === 'running' ? colours.cyan(text) : colours.dim(text)
}

/** `finished` instead of `succeeded`, which would read as a verdict. */
export function stateText({ symbols }: Terminal, { state, pausedAt }: Stated): string {
  const word = state === 'succeeded' ? 'finished' : state
  return `${symbols.states[state]} ${pausedAt === null ? word : 'paused'}`
}

type Stated = Pick<ExperimentSummary, 'state' | 'pausedAt'>

/** `✓ finished  name  01a22649-6c21 · 3 conditions · 5 seeds · 125 tasks` */
export function summaryLine(
  { terminal }: Context,
  view: ExperimentSummary & { runs?: ExperimentView['runs'] },
): string {
  const { colours, symbols } = terminal
  const total = Object.values(view.tasks).reduce((sum, count) => sum + count, 0)
  const head = paintState(terminal, view.state, stateText(terminal, view))
  const counts = [plural(view.conditions, 'condition'), plural(view.seeds, 'seed'), plural(total, 'task')].join(
    symbols.separator,
  )
  return `${head}  ${colours.bold(plain(view.name))}  ${colours.dim(`${shortId(view.id)}${symbols.separator}${counts}`)}`
}

/** What the experiment is waiting for, if anything. */
export function noticeLines({ terminal }: Context, { notices }: Pick<ExperimentView, 'notices'>): string[] {
  const { colours, symbols } = terminal
  return notices.map((notice) => colours.yellow(`${symbols.tones.warning} ${plain(notice)}`))
}

/** Longer commands do not widen the column. */
const longest = 40

const mostCommands = 5

/** The options with which a command finds the same service. */
export function sameService({ data, url }: GlobalOptions): string {
  if (url !== undefined) return ` --url ${quote(url)}`
  return data === undefined ? '' : ` --data ${quote(data)}`
}

/** Commands for further details: at most five, the most useful first. */
export function furtherCommands(
  { terminal }: Context,
  view: ExperimentView,
  { full, ...global }: GlobalOptions & { readonly full: boolean },
): string[] {
  const { colours } = terminal
  const id = shortId(view.id)
  const [first, second] = view.resolved.conditions
  const unfinished = view.state === 'failed' || view.state === 'cancelled'
  const commands = [
    ...(unfinished
      ? [
          [`logs ${id}`, 'task logs'],
          [`retry ${id}`, 'retry what failed'],
        ]
      : []),
    [`report ${id}`, 'the whole report as one HTML page'],
    ...(full ? [] : [[`results ${id} --full`, 'the whole report here']]),
    ...(first !== undefined && second !== undefined
      ? [[`compare ${quote(`${id}:${first.name}`)} ${quote(`${id}:${second.name}`)}`, 'two conditions side by side']]
      : []),
    ...(unfinished ? [] : [[`verify ${id}`, 'recompute a sample and compare']]),
    [`show ${id}`, 'runs and tasks'],
  ].map(([command = '', why = '']) => [command + sameService(global), why])
  const width = Math.max(0, ...commands.map(([command = '']) => command.length).filter((length) => length <= longest))
  return commands.slice(0, mostCommands).map(([command = '', why = '']) => {
    const head = `  npx goalpost ${command.padEnd(width)}`
    // Long commands are never broken, so that they can be copied; the description is dropped where it does not fit.
    const fits = head.length + 2 + why.length <= terminal.columns
    return `${colours.cyan(head)}${fits ? `  ${colours.dim(why)}` : ''}`
  })
}

/** Quoted for a shell. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
