import type { HeatmapPart, Quantity } from '@goalpost/contracts'
import { isMissing } from '@goalpost/contracts'
import { formatNumber } from '../terminal/numbers.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { prose } from '../terminal/prose.ts'
import { displayWidth, pad, plain, truncate, wrap } from '../terminal/text.ts'

const labelWidth = 16

/** Shades from the lowest to the highest value; two characters make a square. */
export function renderHeatmap(terminal: Terminal, part: HeatmapPart): string[] {
  const { colours } = terminal
  const title = wrap(plain(part.title), terminal.columns).map(colours.bold)
  const known = part.values.flat().filter((value) => typeof value === 'number')
  if (known.length === 0) return [...title, 'no values']
  const scale = part.scale ?? { low: Math.min(...known), high: Math.max(...known) }
  const labels = rowLabels(terminal, part)
  const room = terminal.columns - Math.max(0, ...labels.map(displayWidth))
  const width = Math.max(0, ...part.values.map((row) => row.length))
  const grid = part.values.map((row) => mergeCells(row, Math.ceil((width * 2) / room)))
  const rows = grid.map((row, y) => (labels[y] ?? '') + row.map((value) => shade(terminal, value, scale)).join(''))
  return [...title, ...rows.map((row) => row.trimEnd()), ...below(terminal, part, scale)]
}

/** Pads all to the widest. */
function rowLabels({ symbols }: Terminal, { rows }: HeatmapPart): string[] {
  const labels = (rows?.labels ?? []).map((label) => truncate(plain(label), labelWidth, symbols.ellipsis))
  const width = Math.max(0, ...labels.map(displayWidth))
  return labels.map((label) => `${pad(label, width, 'right')} `)
}

type Scale = { readonly low: number; readonly high: number }

function shade({ symbols: { missing, shades } }: Terminal, value: Quantity, { low, high }: Scale): string {
  if (isMissing(value)) return missing.repeat(2)
  const share = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 1
  return (shades[Math.min(shades.length - 1, Math.floor(share * shades.length))] ?? ' ').repeat(2)
}

function below(terminal: Terminal, { rows, columns, unit, caption = '' }: HeatmapPart, { low, high }: Scale): string[] {
  const { symbols, colours } = terminal
  const axes = [
    ...(rows === undefined ? [] : [`down: ${plain(rows.title)}`]),
    ...(columns === undefined ? [] : [`across: ${plain(columns.title)}`]),
  ]
  const name = unit === undefined ? '' : ` ${plain(unit)}`
  const scale = `${symbols.shades[1]} ${formatNumber(terminal, low)} ${symbols.arrow} ${symbols.shades.at(-1)} ${formatNumber(terminal, high)}${name}`
  const texts = [[scale, ...axes].join(symbols.separator), prose(terminal, caption)].filter((text) => text !== '')
  return texts.flatMap((text) => wrap(text, terminal.columns)).map(colours.dim)
}

/** The means of `count` neighbours each, for a row too wide for the terminal. */
function mergeCells(row: readonly Quantity[], count: number): readonly Quantity[] {
  if (count <= 1) return row
  return Array.from({ length: Math.ceil(row.length / count) }, (_, index) => {
    const known = row.slice(index * count, (index + 1) * count).filter((value) => typeof value === 'number')
    return known.length === 0 ? { missing: 'no value' } : known.reduce((sum, value) => sum + value, 0) / known.length
  })
}
