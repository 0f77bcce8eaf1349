import type { HeatmapPart, Quantity } from '@goalpost/contracts'
import { isMissing } from '@goalpost/contracts'
import { formatNumber } from '../terminal/numbers.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { plain } from '../terminal/text.ts'

/** Shades from the least to the greatest value; two characters make a square. */
export function renderHeatmap(terminal: Terminal, part: HeatmapPart): string[] {
  const { symbols, colours } = terminal
  const width = Math.max(0, ...part.values.map((row) => row.length))
  const grid =
    width * 2 <= terminal.columns
      ? part.values
      : part.values.map((row) => mergeCells(row, Math.ceil((width * 2) / terminal.columns)))
  const known = part.values.flat().filter((value) => typeof value === 'number')
  if (known.length === 0) return [colours.bold(plain(part.title)), 'no values']
  const low = Math.min(...known)
  const high = Math.max(...known)
  const shade = (value: Quantity): string => {
    if (isMissing(value)) return symbols.missing.repeat(2)
    const share = high > low ? (value - low) / (high - low) : 1
    return (
      symbols.shades[Math.min(symbols.shades.length - 1, Math.floor(share * symbols.shades.length))] ?? ' '
    ).repeat(2)
  }
  const unit = part.unit === undefined ? '' : ` ${plain(part.unit)}`
  const scale = `${symbols.shades[1]} ${formatNumber(terminal, low)} ${symbols.arrow} ${symbols.shades.at(-1)} ${formatNumber(terminal, high)}${unit}`
  return [colours.bold(plain(part.title)), ...grid.map((row) => row.map(shade).join('').trimEnd()), colours.dim(scale)]
}

/** The mean of each `count` neighbours: a row too wide for the terminal. */
function mergeCells(row: readonly Quantity[], count: number): Quantity[] {
  return Array.from({ length: Math.ceil(row.length / count) }, (_, index) => {
    const known = row.slice(index * count, (index + 1) * count).filter((value) => typeof value === 'number')
    return known.length === 0 ? { missing: 'no value' } : known.reduce((sum, value) => sum + value, 0) / known.length
  })
}
