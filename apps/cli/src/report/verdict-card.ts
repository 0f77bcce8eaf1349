import type { Estimate, VerdictPart } from '@goalpost/contracts'
import { formatInterval, formatQuantity } from '../terminal/numbers.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { paintTone } from '../terminal/terminal.ts'
import { prose } from '../terminal/prose.ts'
import { displayWidth, pad, plain, wrap } from '../terminal/text.ts'
import { thresholdText } from './thresholds.ts'

/** The common axis of all intervals, so that cards can be compared. Null if no common axis would help. */
export type IntervalRange = { readonly low: number; readonly high: number } | null

/** The explanation of *provisional*. */
export const provisionalText = 'provisional: more seeds may change it'

const axisWidth = 26
const widestRange = 4

export function intervalRange(parts: readonly VerdictPart[]): IntervalRange {
  const ends = parts.flatMap(({ numbers }) => numbers.flatMap(({ estimate }) => intervalEnds(estimate)))
  if (ends.length === 0) return null
  const low = Math.min(0, ...ends)
  const high = Math.max(1, ...ends)
  return high - low > widestRange ? null : { low, high }
}

function intervalEnds({ value, low, high }: Estimate): number[] {
  return [value, low, high].filter((end) => typeof end === 'number')
}

export type CardLook = {
  readonly range: IntervalRange
  /** Omitted if all cards have the same thresholds, which are then printed below the last card. */
  readonly withThresholds: boolean
}

/** The verdict, the reason, and the numbers behind it with their intervals on one axis. */
export function renderVerdict(terminal: Terminal, part: VerdictPart, { range, withThresholds }: CardLook): string[] {
  const { colours, symbols } = terminal
  const bar = paintTone(terminal, part.tone, symbols.bar)
  const width = terminal.columns - 2
  const verdict = paintTone(terminal, part.tone, `${symbols.tones[part.tone]} ${plain(part.verdict).toUpperCase()}`)
  const provisional = part.provisional ? colours.yellow(` (${provisionalText})`) : ''
  const body = [
    `${colours.bold(plain(part.title))}  ${colours.bold(verdict)}${provisional}`,
    ...wrap(prose(terminal, part.reason), width),
    ...renderNumbers(terminal, part, range),
    ...[tallyText(terminal, part), withThresholds ? thresholdText(part) : '']
      .filter((text) => text !== '')
      .flatMap((text) => wrap(text, width).map(colours.dim)),
  ]
  return body.map((line) => `${bar} ${line}`)
}

function renderNumbers(terminal: Terminal, part: VerdictPart, range: IntervalRange): string[] {
  const rows = part.numbers.map(({ name, estimate }) => ({
    name: plain(name),
    value: formatQuantity(terminal, estimate.value),
    interval: formatInterval(terminal, estimate),
    estimate,
  }))
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(displayWidth))
  const nameWidth = Math.min(widest(rows.map(({ name }) => name)), terminal.columns - 30)
  const valueWidth = widest(rows.filter(({ estimate }) => typeof estimate.value === 'number').map(({ value }) => value))
  const intervalWidth = widest(rows.map(({ interval }) => interval))
  const withAxis = range !== null && nameWidth + valueWidth + intervalWidth + axisWidth + 10 <= terminal.columns
  return rows.flatMap(({ name, value, interval, estimate }) => {
    const [first = '', ...others] = wrap(name, nameWidth)
    const numbers =
      interval === ''
        ? pad(value, valueWidth, 'right')
        : `${pad(value, valueWidth, 'right')}  ${terminal.colours.dim(pad(interval, intervalWidth))}`
    const axis = withAxis && typeof estimate.value === 'number' ? `  ${drawInterval(terminal, estimate, range)}` : ''
    return [
      `  ${pad(first, nameWidth)}  ${numbers}${axis}`.trimEnd(),
      ...others.map((line) => `  ${line}`),
      ...cautionLines(terminal, estimate),
    ]
  })
}

function cautionLines(terminal: Terminal, { caution }: Estimate): string[] {
  if (caution === undefined) return []
  return wrap(`${terminal.symbols.caution} ${plain(caution)}`, terminal.columns - 6).map(
    (line) => `    ${terminal.colours.yellow(line)}`,
  )
}

/** `┊    ├──●──┤        ┊`: the marks stand at 0 and 1. */
export function drawInterval(terminal: Terminal, estimate: Estimate, range: NonNullable<IntervalRange>): string {
  const { symbols } = terminal
  const place = (x: number): number => Math.round(((x - range.low) / (range.high - range.low)) * (axisWidth - 1))
  const cells = Array.from({ length: axisWidth }, () => ' ')
  const put = (x: number, mark: string): void => void (cells[place(x)] = mark)
  put(0, symbols.zero)
  put(1, symbols.zero)
  if (estimate.low !== undefined && estimate.high !== undefined) {
    for (let column = place(estimate.low); column <= place(estimate.high); column++) cells[column] = symbols.span
    put(estimate.low, symbols.spanLow)
    put(estimate.high, symbols.spanHigh)
  }
  if (typeof estimate.value === 'number') put(estimate.value, symbols.point)
  return cells.join('').trimEnd()
}

export function tallyText({ symbols }: Terminal, { tally }: VerdictPart): string {
  const entries = Object.entries(tally).filter(([, count]) => count > 0)
  const total = entries.reduce((sum, [, count]) => sum + count, 0)
  return entries.map(([name, count]) => `${count} of ${total} ${plain(name)}`).join(symbols.separator)
}
