import { isMissing, measureSearch, type PreviewView, type ResolvedSearch } from '@goalpost/contracts'
import type { Context } from '../context.ts'
import { formatCompact, formatDuration } from '../terminal/numbers.ts'
import { renderTable } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { plain, plural, wrap } from '../terminal/text.ts'

export function describePreview({ terminal }: Context, view: PreviewView): string[] {
  const { colours, symbols } = terminal
  const { resolved } = view
  const kinds = Object.entries(view.tasks)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
  const total = countTasks(view)
  const work = Object.entries(view.work).map(([unit, amount]) => `${formatCompact(amount)} ${plain(unit)}`)
  const rows = [
    ['runs', runsText(terminal, view)],
    ['tasks', `${total} (${kinds.join(', ')})${view.reused > 0 ? `, ${view.reused} of them computed before` : ''}`],
    ...(resolved.search === undefined ? [] : [['search', searchText(resolved.search, resolved.seeds.length)]]),
    ['work', work.join(', ')],
    ['time', timeText(view)],
  ]
  const width = Math.max(...rows.map(([name = '']) => name.length))
  const table = renderTable(terminal, {
    columns: [{ title: 'condition' }, { title: 'marks' }],
    rows: resolved.conditions.map(({ name, marks }) => [
      { text: plain(name) },
      { text: plain(marks.join(', ')), paint: colours.dim },
    ]),
  })
  const warnings = gatherWarnings(view).flatMap((text) => {
    const lines = wrap(plain(text), terminal.columns - 2)
    return lines.map((line, index) => `${index === 0 ? colours.yellow(symbols.tones.warning) : ' '} ${line}`)
  })
  return [
    `${colours.bold(plain(resolved.name))}  ${colours.dim(plain(resolved.protocol))}`,
    ...rows.map(([name = '', value = '']) => `  ${colours.dim(name.padEnd(width))}  ${value}`),
    '',
    ...table,
    ...(warnings.length > 0 ? ['', ...warnings] : []),
  ]
}

/** `6 runs = 2 conditions × 3 seeds` */
export function runsText({ symbols }: Terminal, { runs, resolved }: PreviewView): string {
  const factors = [plural(resolved.conditions.length, 'condition'), plural(resolved.seeds.length, 'seed')]
  return `${plural(runs, 'run')} = ${factors.join(` ${symbols.times} `)}`
}

export function countTasks({ tasks }: Pick<PreviewView, 'tasks'>): number {
  return Object.values(tasks).reduce((sum, count) => sum + count, 0)
}

/** `about 3 h, at the pace of recent tasks`: of this kind, with any world and network. */
export function timeText(view: PreviewView): string {
  const { estimatedSeconds: seconds } = view
  if (isMissing(seconds)) return `not known: ${seconds.missing}`
  return `about ${formatDuration(seconds)}${view.reused < countTasks(view) ? ', at the pace of recent tasks' : ''}`
}

function searchText(search: ResolvedSearch, seeds: number): string {
  const { most } = measureSearch(search)
  return `this is the first round; further rounds follow from its results, up to ${plural(most * seeds, 'run')} in all`
}

/** A warning about several conditions is printed once, with all of them. */
export function gatherWarnings({ warnings, resolved }: Pick<PreviewView, 'warnings'> & Named): string[] {
  return [...Map.groupBy(warnings, ({ message }) => message)].map(([message, same]) => {
    const names = [...new Set(same.flatMap(({ condition }) => condition ?? []))]
    if (names.length === 0 || (names.length > 1 && names.length === resolved.conditions.length)) return message
    return `${names.join('; ')}: ${message}`
  })
}

type Named = { readonly resolved: { readonly conditions: readonly { readonly name: string }[] } }
