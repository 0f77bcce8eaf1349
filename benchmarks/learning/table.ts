import type { Entry, Ratio, Result } from './compete.ts'
import type { Summary } from './statistics.ts'

/** One contest as lines for a terminal. */
export function formatResult(result: Result): string {
  const { name, unit, entries, ratios, absent } = result
  const rows = entries.map((entry) => formatEntry(entry, unit, ratios))
  const missing = absent.map((contestant) => `  ${contestant.name}: not measured (${contestant.reason})`)
  return [`${name} [${unit}]`, ...align(rows).map((row) => `  ${row}`), ...missing].join('\n')
}

function formatEntry(entry: Entry, unit: Result['unit'], ratios: readonly Ratio[]): string[] {
  const ratio = ratios.find(({ against }) => against === entry.name)
  const figure = (value: number) => (unit === 'ms' ? digits(value) : Math.round(value).toLocaleString('en'))
  return [
    entry.name,
    formatSummary(entry.figure, figure),
    entry.cpuMs === null ? '' : `${digits(entry.cpuMs.median)} ms of processor`,
    ratio === undefined ? '' : `ours ÷ this: ${formatSummary(ratio.ratio, (value) => value.toFixed(2))}`,
    ratio === undefined ? '' : formatAim(ratio, unit),
    entry.version,
  ]
}

function formatSummary({ median, least, most }: Summary, format: (value: number) => string): string {
  return `${format(median)} (${format(least)}–${format(most)})`
}

function formatAim({ aim, met }: Ratio, unit: Result['unit']): string {
  if (aim === null) return ''
  return `aim ${unit === 'ms' ? '≤' : '≥'} ${aim}: ${met === true ? 'met' : 'missed'}`
}

const digits = (value: number): string => value.toFixed(value < 100 ? 1 : 0)

function align(rows: readonly string[][]): string[] {
  const columns = rows[0]?.length ?? 0
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
