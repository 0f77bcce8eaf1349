import { conditionLabels, explainLabels } from '../terminal/condition-labels.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { displayWidth, pad, plain, truncate } from '../terminal/text.ts'
import type { RunPhase, RunProgress } from './progress.ts'
import { bar, percent } from './progress-bar.ts'
import { countPhases, currentText } from './progress-words.ts'

const barWidth = 16

type Group = { readonly condition: string; readonly runs: readonly RunProgress[]; readonly phase: RunPhase }

/**
 * A line for each condition, below it one for each of its runs at work, in at most `room` lines. Conditions come before
 * runs and active ones before others, each in the experiment's order.
 */
export function renderConditions(terminal: Terminal, runs: readonly RunProgress[], room: number): string[] {
  const groups = [...Map.groupBy(runs, ({ condition }) => condition)].map(([condition, own]) => ({
    condition,
    runs: own,
    phase: leadingPhase(own),
  }))
  const names = groups.map(({ condition }) => plain(condition))
  const width = Math.max(8, Math.min(40, Math.floor((terminal.columns * 2) / 5) - 4))
  const { labels, ...named } = conditionLabels(names, { width, ellipsis: terminal.symbols.ellipsis })
  const explained = explainLabels(named)
  // A key of one line for each condition would take the room of the conditions themselves.
  const above = explained.length * 3 <= room ? explained : []
  const left = Math.max(1, room - above.length)
  const shown = chooseGroups(groups, left)
  const hidden = groups.length - shown.size
  const spare = left - shown.size - (hidden > 0 ? 1 : 0)
  const detailed = new Set(runs.filter(({ phase }) => phase === 'working').slice(0, Math.max(0, spare)))
  const labelWidth = Math.max(0, ...labels.map(displayWidth))
  const lines = groups.flatMap((group, index) =>
    shown.has(group) ? renderGroup(terminal, group, { label: pad(labels[index] ?? '', labelWidth), detailed }) : [],
  )
  const more = hidden > 0 ? [`  and ${hidden} more ${hidden === 1 ? 'condition' : 'conditions'}`] : []
  return [...above.map(dimCut(terminal)), ...lines, ...more.map(dimCut(terminal))]
}

function dimCut({ colours, columns, symbols }: Terminal): (text: string) => string {
  return (text) => colours.dim(truncate(text, columns, symbols.ellipsis))
}

const ranks: Readonly<Record<RunPhase, number>> = {
  working: 0,
  failed: 1,
  trained: 2,
  shared: 3,
  waiting: 4,
  cancelled: 5,
  succeeded: 6,
}

/** The phase of a condition is that of its most relevant run. */
function leadingPhase(runs: readonly RunProgress[]): RunPhase {
  return runs.map(({ phase }) => phase).toSorted((a, b) => ranks[a] - ranks[b])[0] ?? 'waiting'
}

function chooseGroups(groups: readonly Group[], room: number): ReadonlySet<Group> {
  if (groups.length <= room) return new Set(groups)
  return new Set(groups.toSorted((a, b) => ranks[a.phase] - ranks[b.phase]).slice(0, Math.max(1, room - 1)))
}

function renderGroup(
  terminal: Terminal,
  { runs, phase }: Group,
  { label, detailed }: { readonly label: string; readonly detailed: ReadonlySet<RunProgress> },
): string[] {
  const { colours, columns, symbols } = terminal
  const share = runs.reduce((sum, run) => sum + run.share, 0) / runs.length
  const head = `${mark(terminal, phase)} ${label}  ${bar(terminal, share, barWidth)} ${percent(share)}  `
  const counts = truncate(countPhases(runs).join(symbols.separator), columns - displayWidth(head), symbols.ellipsis)
  const lines = runs
    .filter((run) => detailed.has(run))
    .map((run) =>
      truncate(`    seed ${run.seed}  ${currentText(run.current, symbols.separator)}`, columns, symbols.ellipsis),
    )
  return [head + (phase === 'working' ? counts : colours.dim(counts)), ...lines]
}

function mark({ colours, symbols }: Terminal, phase: RunPhase): string {
  if (phase === 'working') return colours.cyan(symbols.states.running)
  if (phase === 'succeeded') return colours.green(symbols.states.succeeded)
  if (phase === 'failed') return colours.red(symbols.states.failed)
  return colours.dim(phase === 'cancelled' ? symbols.states.cancelled : symbols.states.waiting)
}
