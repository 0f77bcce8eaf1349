import { isMissing, type DistributionPart } from '@goalpost/contracts'
import { formatNumber } from '../terminal/numbers.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { paintTone } from '../terminal/terminal.ts'
import { displayWidth, pad, plain, truncate, wrap } from '../terminal/text.ts'
import { createAxis, type Axis } from './plot-axis.ts'

type Value = DistributionPart['groups'][number]['values'][number]

const nameWidth = 24

/** A strip for each group, a mark for each replicate; where several share a column, their number. */
export function renderDistribution(terminal: Terminal, part: DistributionPart): string[] {
  const { colours, symbols } = terminal
  const title = colours.bold(plain(part.title))
  const known = part.groups.flatMap(({ values }) => values.flatMap(({ value }) => (isMissing(value) ? [] : [value])))
  if (known.length === 0) return [title, colours.dim('no values yet')]
  const ends = [part.axis.low, part.axis.high].filter((end) => end !== undefined)
  const axis = createAxis([...known, ...ends, ...part.references.map(({ value }) => value)], 'linear')
  const names = part.groups.map(({ name }) => truncate(plain(name), nameWidth, symbols.ellipsis))
  const left = Math.max(...names.map(displayWidth)) + 2
  const width = terminal.columns - left
  const strips = part.groups.map(
    ({ values }, index) => pad(names[index] ?? '', left) + strip(terminal, values, { part, axis, width }),
  )
  return [
    title,
    ...strips,
    ' '.repeat(left) + bottom(terminal, part, { axis, width }),
    ...part.references.map(({ name, value }) =>
      colours.dim(`${symbols.zero} ${plain(name)} ${formatNumber(terminal, value)}`),
    ),
    ...part.notes.flatMap((note) => wrap(plain(note), terminal.columns).map(colours.dim)),
  ]
}

type Frame = { readonly part: DistributionPart; readonly axis: Axis; readonly width: number }

function strip(terminal: Terminal, values: readonly Value[], { part, axis, width }: Frame): string {
  const { symbols } = terminal
  const column = (value: number): number => Math.round(axis.place(value) * (width - 1))
  const cells = Array.from({ length: width }, () => ' ')
  for (const { value } of part.references) cells[column(value)] = symbols.zero
  const piles = Map.groupBy(
    values.flatMap(({ value, tone }) => (isMissing(value) ? [] : [{ value, tone }])),
    ({ value }) => column(value),
  )
  for (const [place, pile] of piles) {
    const mark = pile.length === 1 ? symbols.point : pile.length > 9 ? '+' : String(pile.length)
    cells[place] = paintTone(terminal, pile[0]?.tone, mark)
  }
  return cells.join('').trimEnd()
}

function bottom(
  terminal: Terminal,
  { axis: { title } }: DistributionPart,
  { axis, width }: Omit<Frame, 'part'>,
): string {
  const low = formatNumber(terminal, axis.low)
  const high = formatNumber(terminal, axis.high)
  const room = width - displayWidth(low) - displayWidth(high)
  const name = truncate(plain(title), Math.max(0, room - 2), terminal.symbols.ellipsis)
  const before = Math.max(0, Math.floor((room - displayWidth(name)) / 2))
  return terminal.colours.dim(
    `${low}${' '.repeat(before)}${name}${' '.repeat(Math.max(0, room - before - displayWidth(name)))}${high}`,
  )
}
