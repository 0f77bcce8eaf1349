import type { Estimate, VerdictPart } from '@goalpost/contracts'
import { formatInterval, formatQuantity } from '../terminal/numbers.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { paintTone } from '../terminal/terminal.ts'
import { prose } from '../terminal/prose.ts'
import { displayWidth, pad, plain, wrap } from '../terminal/text.ts'
import { axisLegend, axisWidth, drawInterval, referenceLetters, type IntervalRange } from './interval-axis.ts'
import { thresholdText } from './thresholds.ts'

/** The explanation of *provisional*. */
export const provisionalText = 'provisional: more seeds may change it'

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
  const rows = part.numbers.map((number) => ({
    name: plain(number.name),
    value: formatQuantity(terminal, number.estimate.value),
    interval: formatInterval(terminal, number.estimate),
    estimate: number.estimate,
    number,
  }))
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(displayWidth))
  const nameWidth = Math.min(widest(rows.map(({ name }) => name)), terminal.columns - 30)
  const valueWidth = widest(rows.filter(({ estimate }) => typeof estimate.value === 'number').map(({ value }) => value))
  const intervalWidth = widest(rows.map(({ interval }) => interval))
  const withAxis = range !== null && nameWidth + valueWidth + intervalWidth + axisWidth + 10 <= terminal.columns
  const letters = referenceLetters(part)
  const lines = rows.flatMap(({ name, value, interval, estimate, number }) => {
    const [first = '', ...others] = wrap(name, nameWidth)
    const numbers =
      interval === ''
        ? pad(value, valueWidth, 'right')
        : `${pad(value, valueWidth, 'right')}  ${terminal.colours.dim(pad(interval, intervalWidth))}`
    const axis =
      withAxis && typeof estimate.value === 'number' ? `  ${drawInterval(terminal, number, { range, letters })}` : ''
    return [
      `  ${pad(first, nameWidth)}  ${numbers}${axis}`.trimEnd(),
      ...others.map((line) => `  ${line}`),
      ...cautionLines(terminal, estimate),
    ]
  })
  const legend = withAxis ? axisLegend(terminal, part, { range, letters }) : ''
  if (legend === '') return lines
  return [...lines, ...wrap(legend, terminal.columns - 4).map((line) => `  ${terminal.colours.dim(line)}`)]
}

function cautionLines(terminal: Terminal, { caution }: Estimate): string[] {
  if (caution === undefined) return []
  return wrap(`${terminal.symbols.caution} ${plain(caution)}`, terminal.columns - 6).map(
    (line) => `    ${terminal.colours.yellow(line)}`,
  )
}

export function tallyText({ symbols }: Terminal, { tally }: VerdictPart): string {
  const entries = Object.entries(tally).filter(([, count]) => count > 0)
  const total = entries.reduce((sum, [, count]) => sum + count, 0)
  return entries.map(([name, count]) => `${count} of ${total} ${plain(name)}`).join(symbols.separator)
}
