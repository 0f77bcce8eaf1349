import type { SeriesPart } from '@goalpost/contracts'
import { formatInterval, formatNumber } from '../terminal/numbers.ts'
import { renderTable } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { plain } from '../terminal/text.ts'
import { createAxis } from './plot-axis.ts'

type Curve = { readonly line: SeriesPart['lines'][number]; readonly points: readonly { x: number; y: number }[] }

const sparkWidth = 24

/** One line of text per curve, all on the same vertical scale. */
export function renderSparklines(terminal: Terminal, part: SeriesPart, curves: readonly Curve[]): string[] {
  const axis = createAxis(
    curves.flatMap(({ points }) => points.map(({ y }) => y)),
    part.y.scale,
  )
  const rows = curves.map(({ line, points }) => {
    const last = line.points.findLast(({ y }) => typeof y.value === 'number')?.y
    return [
      { text: plain(line.name) },
      {
        text: sparkline(
          terminal,
          points.map(({ y }) => axis.place(y)),
        ),
        paint: terminal.colours.cyan,
      },
      { text: formatNumber(terminal, points.at(-1)?.y ?? 0) },
      { text: last === undefined ? '' : formatInterval(terminal, last), paint: terminal.colours.dim },
    ]
  })
  const columns = [
    { title: '' },
    { title: plain(`${part.y.title} over ${part.x.title}`) },
    { title: 'last', align: 'right' as const },
    { title: '' },
  ]
  const scale = `from ${formatNumber(terminal, axis.low)} to ${formatNumber(terminal, axis.high)}`
  return [...renderTable(terminal, { columns, rows }), terminal.colours.dim(scale)]
}

/** `shares` lie between 0 and 1; longer curves are thinned to the width, keeping the last point. */
export function sparkline({ symbols }: Terminal, shares: readonly number[]): string {
  const count = Math.min(sparkWidth, shares.length)
  const picked = Array.from(
    { length: count },
    (_, index) =>
      shares[count === 1 ? shares.length - 1 : Math.round((index * (shares.length - 1)) / (count - 1))] ?? 0,
  )
  return picked
    .map((share) => symbols.sparks[Math.min(symbols.sparks.length - 1, Math.floor(share * symbols.sparks.length))])
    .join('')
}
