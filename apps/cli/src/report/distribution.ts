import { isMissing, type DistributionPart } from '@goalpost/contracts'
import { formatNumber } from '../terminal/numbers.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { paintTone } from '../terminal/terminal.ts'
import { conditionLabels, explainLabels } from '../terminal/condition-labels.ts'
import { prose } from '../terminal/prose.ts'
import { displayWidth, pad, plain, truncate, wrap } from '../terminal/text.ts'
import { createAxis, type Axis } from './plot-axis.ts'

type Value = DistributionPart['groups'][number]['values'][number]

const nameWidth = 24

/** A strip for each group with a mark for each replicate, or a count where several share a column. */
export function renderDistribution(terminal: Terminal, part: DistributionPart): string[] {
  const { colours, symbols } = terminal
  const title = colours.bold(plain(part.title))
  const known = part.groups.flatMap(({ values }) => values.flatMap(({ value }) => (isMissing(value) ? [] : [value])))
  if (known.length === 0) return [title, colours.dim('no values yet')]
  const ends = [part.axis.low, part.axis.high].filter((end) => end !== undefined)
  const axis = createAxis([...known, ...ends, ...part.references.map(({ value }) => value)], 'linear')
  const { labels: names, ...named } = conditionLabels(
    part.groups.map(({ name }) => plain(name)),
    { width: nameWidth, ellipsis: symbols.ellipsis },
  )
  const left = Math.max(...names.map(displayWidth)) + 2
  const width = terminal.columns - left
  const piles = part.groups.map(({ values }) => pilesOf(values, { axis, width }))
  const strips = piles.map(
    (each, index) => pad(names[index] ?? '', left) + strip(terminal, each, { part, axis, width }),
  )
  const notes = piles.some((each) => [...each.values()].some(({ length }) => length > 1))
    ? [...part.notes, 'A number: that many dots in one place.']
    : part.notes
  return [
    title,
    ...explainLabels(named).flatMap((text) => wrap(text, terminal.columns).map(colours.dim)),
    ...strips,
    ' '.repeat(left) + bottom(terminal, part, { axis, width }),
    ...part.references.map(({ name, value }) =>
      colours.dim(`${symbols.zero} ${plain(name)} ${formatNumber(terminal, value)}`),
    ),
    ...notes.flatMap((note) => wrap(prose(terminal, note), terminal.columns).map(colours.dim)),
  ]
}

type Frame = { readonly part: DistributionPart; readonly axis: Axis; readonly width: number }

/** The values of one strip, by their column. */
function pilesOf(values: readonly Value[], { axis, width }: Omit<Frame, 'part'>) {
  return Map.groupBy(
    values.flatMap(({ value, tone }) => (isMissing(value) ? [] : [{ value, tone }])),
    ({ value }) => columnOf(value, { axis, width }),
  )
}

const columnOf = (value: number, { axis, width }: Omit<Frame, 'part'>): number =>
  Math.round(axis.place(value) * (width - 1))

function strip(terminal: Terminal, piles: ReturnType<typeof pilesOf>, frame: Frame): string {
  const { symbols } = terminal
  const cells = Array.from({ length: frame.width }, () => ' ')
  for (const { value } of frame.part.references) cells[columnOf(value, frame)] = symbols.zero
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
