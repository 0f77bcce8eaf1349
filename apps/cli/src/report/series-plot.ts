import type { SeriesPart } from '@goalpost/contracts'
import { formatInterval, formatNumber } from '../terminal/numbers.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { conditionLabels, explainLabels } from '../terminal/condition-labels.ts'
import { displayWidth, pad, plain, truncate, wrap } from '../terminal/text.ts'
import type { Canvas } from './canvas.ts'
import { createCanvas } from './canvas.ts'
import type { Axis } from './plot-axis.ts'
import { placeLabels } from './place-labels.ts'
import { createAxis } from './plot-axis.ts'
import { renderSparklines } from './sparklines.ts'

const height = 11
const mostLines = 6
const tickCount = 4
const labelWidth = 30
/** Leaves room for the last value. */
const nameWidth = labelWidth - 6

type Line = SeriesPart['lines'][number]
type Curve = { readonly line: Line; readonly points: readonly { x: number; y: number }[] }

/** Curves on a common axis, labelled at their right ends. More than six are drawn as sparklines. */
export function renderSeries(terminal: Terminal, part: SeriesPart): string[] {
  const title = terminal.colours.bold(plain(part.title))
  const curves = part.lines
    .map((line) => ({ line, points: knownPoints(line, part) }))
    .filter(({ points }) => points.length > 0)
  if (curves.length === 0) return [title, terminal.colours.dim('no values yet')]
  if (curves.length > mostLines) return [title, ...renderSparklines(terminal, part, curves)]
  return [title, ...drawPlot(terminal, part, curves)]
}

/** Whether a scale can show a value: a logarithmic one cannot show zero. */
function knownPoints(line: Line, { x, y }: SeriesPart): { x: number; y: number }[] {
  return line.points
    .flatMap((point) => (typeof point.y.value === 'number' ? [{ x: point.x, y: point.y.value }] : []))
    .filter((point) => (x.scale === 'linear' || point.x > 0) && (y.scale === 'linear' || point.y > 0))
    .toSorted((a, b) => a.x - b.x)
}

function drawPlot(terminal: Terminal, part: SeriesPart, curves: readonly Curve[]): string[] {
  const { colours, symbols } = terminal
  const references = part.references.filter(({ y }) => part.y.scale === 'linear' || y > 0)
  const xAxis = createAxis(
    curves.flatMap(({ points }) => points.map(({ x }) => x)),
    part.x.scale,
  )
  const yAxis = createAxis(
    [...curves.flatMap(({ points }) => points.map(({ y }) => y)), ...references.map(({ y }) => y)],
    part.y.scale,
    { round: true },
  )
  const ticks = ticksByRow(terminal, yAxis)
  const tickWidth = Math.max(0, ...[...ticks.values()].map(displayWidth))
  const width = terminal.columns - tickWidth - 3 - labelWidth
  const canvas = createCanvas({ width, height, unicode: terminal.unicode })

  references.forEach(({ y }) => drawReference(canvas, yAxis.place(y)))
  curves.forEach((curve, index) => drawCurve(canvas, curve, { xAxis, yAxis, index }))
  const { labels: names, ...named } = conditionLabels(
    curves.map(({ line }) => plain(line.name)),
    { width: nameWidth, ellipsis: symbols.ellipsis },
  )
  const labels = placeLabels(height, [
    ...curves.map(({ line, points }, index) => ({
      row: rowOf(yAxis, points.at(-1)?.y ?? 0),
      text: paintLine(
        terminal,
        index,
        truncate(curveLabel(terminal, { line, name: names[index] ?? '' }, index), labelWidth, symbols.ellipsis),
      ),
    })),
    ...references.map(({ name, y }) => ({
      row: rowOf(yAxis, y),
      text: colours.dim(truncate(plain(name), labelWidth, symbols.ellipsis)),
    })),
  ])
  const rows = canvas.rows((text, owner) => (owner === null ? colours.dim(text) : paintLine(terminal, owner, text)))
  const body = rows.map((row, y) => {
    const tick = ticks.get(y)
    const edge = tick === undefined ? symbols.axis : symbols.tick
    return `${pad(tick ?? '', tickWidth, 'right')} ${colours.dim(edge)}${row} ${labels[y] ?? ''}`.trimEnd()
  })
  return [
    colours.dim(plain(part.y.title)),
    ...body,
    ...bottom(terminal, part, { xAxis, width, tickWidth }),
    ...explainLabels(named).flatMap((text) => wrap(text, terminal.columns).map(colours.dim)),
  ]
}

function ticksByRow({ symbols }: Terminal, axis: Axis): ReadonlyMap<number, string> {
  return new Map(
    axis.ticks(tickCount).map(({ value, text }) => [rowOf(axis, value), text.replaceAll('\u2212', symbols.minus)]),
  )
}

function bottom(
  terminal: Terminal,
  part: SeriesPart,
  { xAxis, width, tickWidth }: { xAxis: Axis; width: number; tickWidth: number },
): string[] {
  const { colours, symbols } = terminal
  const low = formatNumber(terminal, xAxis.low)
  const high = formatNumber(terminal, xAxis.high)
  const room = width - displayWidth(low) - displayWidth(high)
  const name = truncate(plain(part.x.title), Math.max(0, room - 2), symbols.ellipsis)
  const left = Math.max(0, Math.floor((room - displayWidth(name)) / 2))
  const space = ' '.repeat(tickWidth + 1)
  return [
    `${space}${colours.dim(symbols.corner + symbols.rule.repeat(width))}`,
    `${space} ${low}${' '.repeat(left)}${name}${' '.repeat(Math.max(0, room - left - displayWidth(name)))}${high}`,
  ]
}

function drawCurve(
  canvas: Canvas,
  { line, points }: Curve,
  { xAxis, yAxis, index }: { xAxis: Axis; yAxis: Axis; index: number },
): void {
  const every = { solid: 1, dashed: 4, dotted: 3 }[line.style]
  const placed = points.map(({ x, y }) => ({ x: xAxis.place(x), y: 1 - yAxis.place(y) }))
  const [first] = placed
  if (first !== undefined) canvas.line(first, first, { owner: index, every: 1 })
  placed.slice(1).forEach((point, before) => canvas.line(placed[before] ?? point, point, { owner: index, every }))
}

function drawReference(canvas: Canvas, share: number): void {
  canvas.line({ x: 0, y: 1 - share }, { x: 1, y: 1 - share }, { owner: null, every: 6 })
}

function rowOf(axis: Axis, y: number): number {
  return Math.min(height - 1, Math.max(0, Math.round((1 - axis.place(y)) * (height - 1))))
}

/** Without colours, letters distinguish curves; braille dots cannot. Intervals are drawn for all curves or for none. */
function curveLabel(terminal: Terminal, { line, name: own }: { line: Line; name: string }, index: number): string {
  const last = line.points.findLast(({ y }) => typeof y.value === 'number')?.y
  const mark = terminal.unicode ? '' : `${curveLetter(index)}: `
  const name = `${mark}${own}`
  if (last === undefined || typeof last.value !== 'number') return name
  const short = `${name} ${formatNumber(terminal, last.value)}`
  const full = `${short} ${formatInterval(terminal, last)}`.trimEnd()
  return displayWidth(full) <= labelWidth ? full : short
}

export function curveLetter(index: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + index)
}

function paintLine({ colours }: Terminal, index: number, text: string): string {
  const paints = [colours.cyan, colours.yellow, colours.magenta, colours.green, colours.blue, colours.red]
  return (paints[index % paints.length] ?? colours.cyan)(text)
}
