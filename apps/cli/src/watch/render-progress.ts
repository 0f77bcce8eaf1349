import { formatDuration } from '../terminal/numbers.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { displayWidth, plain, plural, truncate } from '../terminal/text.ts'
import { bar, percent } from './progress-bar.ts'
import { countPhases, currentText } from './progress-words.ts'
import type { ExperimentProgress } from './progress.ts'
import { renderConditions } from './render-conditions.ts'

const overallWidth = 30

/** Heading, overall bar, empty line, trouble, and the cursor's line. */
const fixedLines = 5

/** The live display: an overall bar, then as many conditions and runs as fit on the screen. */
export function renderProgress(
  terminal: Terminal,
  progress: ExperimentProgress,
  { secondsLeft, rows }: { secondsLeft: number | null; rows: number },
): string[] {
  const { colours, columns, symbols } = terminal
  const warn = (text: string): string =>
    colours.yellow(truncate(`${symbols.tones.warning} ${text}`, columns, symbols.ellipsis))
  const runs = `  ${plural(progress.runs.length, 'run')}`
  const overall = `${bar(terminal, progress.share, overallWidth)} ${percent(progress.share)}  `
  const name = truncate(plain(progress.name), columns - runs.length, symbols.ellipsis)
  const summary = truncate(
    summaryText(terminal, progress, secondsLeft),
    columns - displayWidth(overall),
    symbols.ellipsis,
  )
  return [
    colours.bold(name) + colours.dim(runs),
    overall + summary,
    '',
    ...renderConditions(terminal, progress.runs, rows - fixedLines - progress.notices.length),
    ...(progress.troubled === null ? [] : [warn(troubleText(progress.troubled))]),
    ...progress.notices.map((notice) => warn(plain(notice))),
  ]
}

/** One line for logs and pipes. */
export function progressLine(terminal: Terminal, progress: ExperimentProgress, secondsLeft: number | null): string {
  const working = progress.runs.find(({ phase, current }) => phase === 'working' && current !== null)
  const run =
    working === undefined
      ? ''
      : `; ${plain(working.condition)} seed ${working.seed}: ${currentText(working.current, ' ')}`
  const trouble = progress.troubled === null ? '' : `; ${troubleText(progress.troubled)}`
  const notices = progress.notices.map((notice) => `; ${plain(notice)}`).join('')
  return `${percent(progress.share).trim()}  ${summaryText(terminal, progress, secondsLeft)}${run}${trouble}${notices}`
}

function troubleText({ tasks, attempts }: NonNullable<ExperimentProgress['troubled']>): string {
  return `${plural(tasks, 'task')} failed and will be retried (up to ${attempts} attempts so far); see goalpost logs last`
}

function summaryText({ symbols }: Terminal, progress: ExperimentProgress, secondsLeft: number | null): string {
  const left = secondsLeft === null || progress.share >= 1 ? [] : [`about ${formatDuration(secondsLeft)} left`]
  const reused = progress.reused > 0 ? [`${progress.reused} of ${progress.tasks} tasks reused`] : []
  const finishing =
    progress.shared.length > 0 && progress.runs.every(({ phase }) => phase === 'succeeded')
      ? [plain(progress.shared[0] ?? '')]
      : []
  // The end of the line is cut first.
  return [...left, ...countPhases(progress.runs), ...finishing, ...reused].join(symbols.separator)
}
