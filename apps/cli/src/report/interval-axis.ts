import type { Estimate, VerdictPart } from '@goalpost/contracts'
import type { Terminal } from '../terminal/terminal.ts'
import { plain } from '../terminal/text.ts'

type CardNumber = VerdictPart['numbers'][number]

/** The common axis of all intervals, so that cards can be compared. Null if no common axis would help. */
export type IntervalRange = { readonly low: number; readonly high: number } | null

/** Width of the axis, in columns. */
export const axisWidth = 26
const widestRange = 4

/** References that would make the range too wide are left out of it. */
export function intervalRange(parts: readonly VerdictPart[]): IntervalRange {
  const numbers = parts.flatMap((part) => part.numbers)
  const ends = numbers.flatMap(({ estimate }) => intervalEnds(estimate))
  if (ends.length === 0) return null
  const lines = numbers.flatMap(({ threshold }) => threshold ?? [])
  const references = numbers.flatMap(({ references = [] }) => references.map(({ value }) => value))
  const covering = (marks: readonly number[]) => ({
    low: Math.min(0, ...ends, ...lines, ...marks),
    high: Math.max(1, ...ends, ...lines, ...marks),
  })
  return [covering(references), covering([])].find(({ low, high }) => high - low <= widestRange) ?? null
}

function intervalEnds({ value, low, high }: Estimate): number[] {
  return [value, low, high].filter((end) => typeof end === 'number')
}

/** A letter for each reference that the numbers are read against: its first, or a digit if another has the same. */
export type ReferenceLetters = ReadonlyMap<string, string>

export function referenceLetters({ numbers }: VerdictPart): ReferenceLetters {
  const names = [...new Set(numbers.flatMap(({ references = [] }) => references.map(({ name }) => name)))]
  const first = (name: string) => plain(name).slice(0, 1)
  return new Map(
    names.map((name, index) => {
      const isAlone = names.every((other) => other === name || first(other) !== first(name))
      return [name, isAlone ? first(name) : String((index + 1) % 10)]
    }),
  )
}

type Drawing = { readonly range: NonNullable<IntervalRange>; readonly letters: ReferenceLetters }

/**
 * `┊    ├──●──┤  │     t`: dotted marks stand at 0 and 1, a line at the threshold, letters at the references; where two
 * references share a place, a star.
 */
export function drawInterval({ symbols }: Terminal, number: CardNumber, { range, letters }: Drawing): string {
  const { estimate, threshold, references = [] } = number
  const place = (x: number): number => placeOn(range, x)
  const cells = Array.from({ length: axisWidth }, () => ' ')
  const put = (x: number, mark: string): void => {
    if (x >= range.low && x <= range.high) cells[place(x)] = mark
  }
  put(0, symbols.zero)
  put(1, symbols.zero)
  if (threshold !== undefined) put(threshold, symbols.threshold)
  for (const [column, names] of namesByColumn(references, range)) {
    const [only = ''] = names
    cells[column] = names.length > 1 ? symbols.several : (letters.get(only) ?? symbols.several)
  }
  if (estimate.low !== undefined && estimate.high !== undefined) {
    for (let column = place(estimate.low); column <= place(estimate.high); column++) cells[column] = symbols.span
    put(estimate.low, symbols.spanLow)
    put(estimate.high, symbols.spanHigh)
  }
  if (typeof estimate.value === 'number') put(estimate.value, symbols.point)
  return cells.join('').trimEnd()
}

const placeOn = ({ low, high }: Drawing['range'], x: number): number =>
  Math.round(((x - low) / (high - low)) * (axisWidth - 1))

function namesByColumn(references: NonNullable<CardNumber['references']>, range: Drawing['range']) {
  const within = references.filter(({ value }) => value >= range.low && value <= range.high)
  const columns = Map.groupBy(within, ({ value }) => placeOn(range, value))
  return [...columns].map(([column, sharing]) => [column, sharing.map(({ name }) => name)] as const)
}

/** What the marks on the axis mean; empty if it has none but 0 and 1. */
export function axisLegend({ symbols }: Terminal, { numbers }: VerdictPart, { range, letters }: Drawing): string {
  const drawn = numbers.filter(({ estimate }) => typeof estimate.value === 'number')
  const isLine = drawn.some(({ threshold }) => threshold !== undefined)
  const columns = drawn.flatMap(({ references = [] }) => namesByColumn(references, range))
  return [
    ...(isLine ? [`${symbols.threshold} threshold`] : []),
    ...[...letters].map(([name, letter]) => `${letter} ${plain(name)}`),
    ...(columns.some(([, names]) => names.length > 1) ? [`${symbols.several} several of them`] : []),
  ].join(symbols.separator)
}
