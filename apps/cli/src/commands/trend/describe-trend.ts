import type { TrendLine, TrendPoint, TrendView } from '@goalpost/contracts'
import { createAxis } from '../../report/plot-axis.ts'
import { formatInterval, formatNumber } from '../../terminal/numbers.ts'
import { renderTable, type TableCell } from '../../terminal/table.ts'
import { paintTone, type Terminal } from '../../terminal/terminal.ts'
import { plain, plural } from '../../terminal/text.ts'

/** One mark for each experiment; older ones are not drawn. */
const drawn = 24

/** A row for each verdict and, below it, for each of its numbers: a mark for every experiment, the first and the last value. */
export function describeTrend(terminal: Terminal, { name, experiments, lines }: TrendView): string[] {
  const title = `${terminal.colours.bold(plain(name))}  ${spanText(experiments)}`
  if (lines.length === 0) return [title]
  const ids = experiments.slice(-drawn).map(({ id }) => id)
  const days = new Map(experiments.map(({ id, createdAt }) => [id, dayOf(createdAt)]))
  return [
    title,
    '',
    ...renderTable(terminal, {
      columns: [
        { title: '' },
        { title: `oldest ${terminal.symbols.arrow} newest`, whole: true },
        { title: 'first' },
        { title: 'last' },
        { title: '' },
      ],
      rows: lines.flatMap((line) => [
        verdictRow(terminal, line, { ids, days }),
        ...keysOf(line).map((key) => numberRow(terminal, line, { ids, key })),
      ]),
    }),
  ]
}

function spanText(experiments: TrendView['experiments']): string {
  const [first, last] = [experiments.at(0), experiments.at(-1)]
  if (first === undefined || last === undefined) return 'no experiment has verdicts yet'
  const [from, to] = [dayOf(first.createdAt), dayOf(last.createdAt)]
  return `${plural(experiments.length, 'experiment')}, ${from === to ? from : `${from} to ${to}`}`
}

function dayOf(time: string): string {
  return time.slice(0, 10)
}

type Drawn = { readonly ids: readonly string[] }

function verdictRow(
  terminal: Terminal,
  { title, points }: TrendLine,
  { ids, days }: Drawn & { readonly days: ReadonlyMap<string, string> },
): TableCell[] {
  const { symbols } = terminal
  const byId = new Map(points.map((point) => [point.experimentId, point]))
  const tones = ids.map((id) => byId.get(id)?.tone)
  const last = points.at(-1)
  const since = sinceOf(points)
  return [
    { text: plain(title) },
    {
      text: tones.map((tone) => (tone === undefined ? symbols.missing : symbols.tones[tone])).join(''),
      paint: (text) => Array.from(text, (mark, index) => paintTone(terminal, tones[index], mark)).join(''),
    },
    { text: plain(points[0]?.name ?? '') },
    { text: plain(last?.name ?? ''), paint: (text) => paintTone(terminal, last?.tone, text) },
    { text: since === null ? '' : `since ${days.get(since) ?? ''}` },
  ]
}

/** The oldest of the newest experiments with one verdict; null if none had another. */
function sinceOf(points: readonly TrendPoint[]): string | null {
  const name = points.at(-1)?.name
  const changed = points.findLastIndex((point) => point.name !== name)
  return changed < 0 ? null : (points[changed + 1]?.experimentId ?? null)
}

/** Numbers without a key are known by their label. */
const keyOf = ({ key, label }: TrendPoint['numbers'][number]): string => key ?? label

function keysOf({ points }: TrendLine): string[] {
  return [...new Set(points.toReversed().flatMap(({ numbers }) => numbers.map(keyOf)))]
}

function numberRow(
  terminal: Terminal,
  { points }: TrendLine,
  { ids, key }: Drawn & { readonly key: string },
): TableCell[] {
  const found = points.flatMap(({ experimentId, numbers }) => {
    const number = numbers.find((candidate) => keyOf(candidate) === key)
    if (number === undefined || typeof number.estimate.value !== 'number') return []
    return [{ experimentId, label: number.label, estimate: number.estimate, value: number.estimate.value }]
  })
  const [first, last] = [found.at(0), found.at(-1)]
  const values = new Map(found.map(({ experimentId, value }) => [experimentId, value]))
  return [
    { text: `  ${plain(last?.label ?? key)}` },
    {
      text: drawValues(
        terminal,
        ids.map((id) => values.get(id)),
      ),
      paint: terminal.colours.cyan,
    },
    { text: first === undefined ? '' : formatNumber(terminal, first.value) },
    { text: last === undefined ? '' : formatNumber(terminal, last.value) },
    { text: last === undefined ? '' : formatInterval(terminal, last.estimate), paint: terminal.colours.dim },
  ]
}

/** Each row has a scale of its own, from its smallest to its largest value. */
function drawValues({ symbols }: Terminal, values: readonly (number | undefined)[]): string {
  const known = values.filter((value) => value !== undefined)
  if (known.length === 0) return symbols.missing.repeat(values.length)
  const axis = createAxis(known, 'linear')
  const spark = (value: number) =>
    symbols.sparks[Math.min(symbols.sparks.length - 1, Math.floor(axis.place(value) * symbols.sparks.length))]
  return values.map((value) => (value === undefined ? symbols.missing : spark(value))).join('')
}
