import type { Progress } from '@goalpost/contracts'
import { formatCompact, formatDuration } from '../terminal/numbers.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { displayWidth, pad, plain, plural, truncate } from '../terminal/text.ts'
import type { ExperimentProgress, RunProgress } from './progress.ts'

const barWidth = { overall: 30, run: 16 }
/** Heading, overall bar, empty line, what is left out, trouble, and the line that the cursor waits on. */
const fixedLines = 6

/** The live picture: an overall bar, and a bar for each run as far as the screen's height allows. */
export function renderProgress(
  terminal: Terminal,
  progress: ExperimentProgress,
  { secondsLeft, rows }: { secondsLeft: number | null; rows: number },
): string[] {
  const { colours, columns, symbols } = terminal
  const shown = chooseRuns(progress.runs, rows - fixedLines - progress.notices.length)
  const hidden = progress.runs.length - shown.length
  const width = Math.min(28, Math.max(0, ...shown.map((run) => displayWidth(nameOf(run)))))
  return [
    `${colours.bold(truncate(plain(progress.name), columns - 20, symbols.ellipsis))}  ${colours.dim(plural(progress.runs.length, 'run'))}`,
    `${bar(terminal, progress.share, barWidth.overall)} ${percent(progress.share)}  ${summaryText(terminal, progress, secondsLeft)}`,
    '',
    ...shown.map((run) => renderRun(terminal, run, width)),
    ...(hidden > 0 ? [colours.dim(`  and ${hidden} more`)] : []),
    ...(progress.troubled === null
      ? []
      : [colours.yellow(`${symbols.tones.warning} ${troubleText(progress.troubled)}`)]),
    ...progress.notices.map((notice) =>
      colours.yellow(truncate(`${symbols.tones.warning} ${plain(notice)}`, columns, symbols.ellipsis)),
    ),
  ]
}

/** One line for logs and pipes. */
export function progressLine(terminal: Terminal, progress: ExperimentProgress, secondsLeft: number | null): string {
  const running = progress.runs.find(({ state, current }) => state === 'running' && current !== null)
  const detail = running?.current?.progress
  const run =
    running === undefined
      ? ''
      : `; ${nameOf(running)}: ${running.current?.key ?? ''}${detail ? ` ${detailText(detail)}` : ''}`
  const trouble = progress.troubled === null ? '' : `; ${troubleText(progress.troubled)}`
  const notices = progress.notices.map((notice) => `; ${plain(notice)}`).join('')
  return `${percent(progress.share).trim()}  ${summaryText(terminal, progress, secondsLeft)}${run}${trouble}${notices}`
}

function troubleText({ tasks, attempts }: NonNullable<ExperimentProgress['troubled']>): string {
  return `${plural(tasks, 'task')} failed and will be tried again (up to ${attempts} attempts so far); see goalpost logs last`
}

/** Runs at work come first when not all fit; the order is theirs. */
function chooseRuns(runs: readonly RunProgress[], room: number): readonly RunProgress[] {
  if (runs.length <= room) return runs
  const rank = { running: 0, failed: 1, waiting: 2, cancelled: 3, succeeded: 4 }
  const chosen = new Set(runs.toSorted((a, b) => rank[a.state] - rank[b.state]).slice(0, Math.max(1, room)))
  return runs.filter((run) => chosen.has(run))
}

function nameOf({ condition, seed }: RunProgress): string {
  return `${plain(condition)} seed ${seed}`
}

/** Where the name is too long the condition is cut and the seed stays: it is what tells a condition's runs apart. */
function shortNameOf({ condition, seed }: RunProgress, width: number, ellipsis: string): string {
  const suffix = ` seed ${seed}`
  return `${truncate(plain(condition), width - displayWidth(suffix), ellipsis)}${suffix}`
}

function renderRun(terminal: Terminal, run: RunProgress, width: number): string {
  const { colours, symbols } = terminal
  const name = pad(shortNameOf(run, width, symbols.ellipsis), width)
  const paint = {
    running: colours.cyan,
    succeeded: colours.green,
    failed: colours.red,
    waiting: colours.dim,
    cancelled: colours.dim,
  }[run.state]
  const head = `${paint(symbols.states[run.state])} ${run.state === 'waiting' ? colours.dim(name) : name}`
  if (run.state !== 'running') return `${head}  ${colours.dim(run.state)}`
  const room = terminal.columns - width - barWidth.run - 12
  return `${head}  ${bar(terminal, run.share, barWidth.run)} ${percent(run.share)}  ${truncate(currentText(terminal, run), room, symbols.ellipsis)}`
}

function currentText({ symbols }: Terminal, { current }: RunProgress): string {
  if (current === null) return ''
  const detail = current.progress === null ? [] : [detailText(current.progress)]
  return [plain(current.key), ...detail].join(symbols.separator)
}

/** `310k of 512k steps, 48.2k/s, 4 s left` */
function detailText({ done, total, unit, perSecond }: Progress): string {
  const rate =
    perSecond === undefined || perSecond <= 0
      ? []
      : [`${formatCompact(perSecond)}/s`, `${formatDuration((total - done) / perSecond)} left`]
  return [`${formatCompact(done)} of ${formatCompact(total)} ${plain(unit)}`, ...rate].join(', ')
}

function summaryText({ symbols }: Terminal, progress: ExperimentProgress, secondsLeft: number | null): string {
  const count = (state: RunProgress['state']): number => progress.runs.filter((run) => run.state === state).length
  const counts = (['succeeded', 'running', 'waiting', 'failed', 'cancelled'] as const)
    .map((state) => ({ word: state === 'succeeded' ? 'done' : state, number: count(state) }))
    .filter(({ number }) => number > 0)
    .map(({ word, number }) => `${number} ${word}`)
  const left = secondsLeft === null || progress.share >= 1 ? [] : [`about ${formatDuration(secondsLeft)} left`]
  const reused = progress.reused > 0 ? [`${progress.reused} of ${progress.tasks} tasks reused`] : []
  const finishing =
    progress.shared.length > 0 && progress.runs.every(({ state }) => state === 'succeeded')
      ? [plain(progress.shared[0] ?? '')]
      : []
  return [...counts, ...finishing, ...reused, ...left].join(symbols.separator)
}

function bar({ symbols, colours }: Terminal, share: number, width: number): string {
  const halves = Math.round(Math.min(1, Math.max(0, share)) * width * 2)
  const filled = symbols.filled.repeat(Math.floor(halves / 2)) + (halves % 2 === 1 ? symbols.half : '')
  return colours.green(filled) + colours.dim(symbols.empty.repeat(width - displayWidth(filled)))
}

function percent(share: number): string {
  return `${String(Math.floor(share * 100)).padStart(3)} %`
}
