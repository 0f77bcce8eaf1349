import type { ExperimentState, ExperimentSummary, ExperimentView } from '@goalpost/contracts'
import type { Context, GlobalOptions } from '../context.ts'
import { shortId } from '../service/resolve-id.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { plain, plural } from '../terminal/text.ts'

export function paintState({ colours }: Terminal, state: string, text: string): string {
  if (state === 'succeeded') return colours.green(text)
  if (state === 'failed') return colours.red(text)
  return state === 'running' ? colours.cyan(text) : colours.dim(text)
}

export function stateText({ symbols }: Terminal, state: ExperimentState): string {
  return `${symbols.states[state]} ${state}`
}

/** `✓ name succeeded: 15 runs, 45 tasks` */
export function summaryLine(
  { terminal }: Context,
  view: ExperimentSummary & { runs?: ExperimentView['runs'] },
): string {
  const { colours, symbols } = terminal
  const total = Object.values(view.tasks).reduce((sum, count) => sum + count, 0)
  const head = paintState(terminal, view.state, `${symbols.states[view.state]} ${view.state}`)
  const counts = [plural(view.conditions, 'condition'), plural(view.seeds, 'seed'), plural(total, 'task')].join(
    symbols.separator,
  )
  return `${head}  ${colours.bold(plain(view.name))}  ${colours.dim(`${shortId(view.id)}${symbols.separator}${counts}`)}`
}

/** What keeps it waiting, if anything does. */
export function noticeLines({ terminal }: Context, { notices }: Pick<ExperimentView, 'notices'>): string[] {
  const { colours, symbols } = terminal
  return notices.map((notice) => colours.yellow(`${symbols.tones.warning} ${plain(notice)}`))
}

/** A longer command does not push aside what the others are for. */
const longest = 32

/** What a command has to be given to find the same service again. */
export function sameService({ data, url }: GlobalOptions): string {
  if (url !== undefined) return ` --url ${quote(url)}`
  return data === undefined ? '' : ` --data ${quote(data)}`
}

/** Where to look further. */
export function furtherCommands({ terminal }: Context, view: ExperimentView, global: GlobalOptions): string[] {
  const { colours } = terminal
  const id = shortId(view.id)
  const [first, second] = view.resolved.conditions
  const commands = [
    [`results ${id}`, 'this report again; with --json the numbers behind it'],
    [`report ${id}`, 'the same as one HTML page'],
    [`show ${id}`, 'conditions, runs and tasks'],
    [`logs ${id}`, 'what the tasks have said'],
    ...(first !== undefined && second !== undefined
      ? [[`compare ${quote(`${id}:${first.name}`)} ${quote(`${id}:${second.name}`)}`, 'two conditions side by side']]
      : []),
    [`verify ${id}`, 'compute a sample again and compare'],
    ...(view.state === 'failed' || view.state === 'cancelled' ? [[`retry ${id}`, 'try again what has failed']] : []),
  ]
  const width = Math.max(...commands.map(([command = '']) => command.length).filter((length) => length <= longest))
  const lines = commands.map(([command = '', why = '']) => {
    const head = `  npx goalpost ${command.padEnd(width)}`
    // A long command keeps its line whole, to be copied; what it is for is left out where it does not fit.
    const fits = head.length + 2 + why.length <= terminal.columns
    return `${colours.cyan(head)}${fits ? `  ${colours.dim(why)}` : ''}`
  })
  const same = sameService(global)
  return ['', colours.bold(same === '' ? 'Look further' : `Look further, each with${same}`), ...lines]
}

/** As a shell takes it. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
