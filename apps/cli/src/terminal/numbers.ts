import type { Estimate, Quantity } from '@goalpost/contracts'
import { isMissing } from '@goalpost/contracts'
import type { Terminal } from './terminal.ts'

/** Three decimals if they matter, none otherwise: `0.211`, `−12.4`, `1,234`, `4.0e−4`. */
export function formatNumber(terminal: Terminal, value: number): string {
  const size = Math.abs(value)
  return withMinus(terminal, size !== 0 && (size >= 1e7 || size < 1e-3) ? value.toExponential(1) : fixed(value, size))
}

function fixed(value: number, size: number): string {
  const digits = Number.isInteger(value) ? 0 : size < 10 ? 3 : size < 100 ? 2 : size < 1_000 ? 1 : 0
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

function withMinus({ symbols }: Terminal, text: string): string {
  return text.replaceAll('-', symbols.minus)
}

export function formatQuantity(terminal: Terminal, value: Quantity): string {
  return isMissing(value) ? `(${value.missing})` : formatNumber(terminal, value)
}

/** `[0.190, 0.232]`, or nothing without an interval. */
export function formatInterval(terminal: Terminal, { low, high }: Estimate): string {
  if (low === undefined || high === undefined) return ''
  return `[${formatNumber(terminal, low)}, ${formatNumber(terminal, high)}]`
}

/** `±0.021`, with the value's decimals; the larger half if the interval is asymmetric, nothing without an interval. */
export function formatMargin(terminal: Terminal, { value, low, high }: Estimate): string {
  if (low === undefined || high === undefined || isMissing(value)) return ''
  return `${terminal.symbols.margin}${fixed(Math.max(high - value, value - low), Math.abs(value))}`
}

/** Short, for rates and steps: `950`, `48.2k`, `1.5M`. */
export function formatCompact(value: number): string {
  const size = Math.abs(value)
  if (size >= 1e9) return `${trim(value / 1e9)}G`
  if (size >= 1e6) return `${trim(value / 1e6)}M`
  if (size >= 1e4) return `${trim(value / 1e3)}k`
  return size >= 100 || Number.isInteger(value) ? Math.round(value).toLocaleString('en-US') : value.toFixed(1)
}

function trim(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(1).replace(/\.0$/, '')
}

/** In powers of ten, as drives are sold: `950 B`, `48.2 kB`, `1.5 GB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${power === 0 ? bytes : trim(bytes / 1_000 ** power)} ${units[power]}`
}

/** `8 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3_600) return pair(whole, 60, ['min', 's'])
  if (whole < 86_400) return pair(Math.round(whole / 60), 60, ['h', 'min'])
  return pair(Math.round(whole / 3_600), 24, ['d', 'h'])
}

function pair(value: number, base: number, [large, small]: readonly [string, string]): string {
  const rest = value % base
  return `${Math.floor(value / base)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`
}

/** `just now`, `5 min ago`, `3 d ago`. */
export function formatAge(from: string, now: number): string {
  const seconds = (now - Date.parse(from)) / 1_000
  if (seconds < 10) return 'just now'
  if (seconds < 60) return `${Math.round(seconds)} s ago`
  if (seconds < 3_600) return `${Math.round(seconds / 60)} min ago`
  return seconds < 86_400 ? `${Math.round(seconds / 3_600)} h ago` : `${Math.round(seconds / 86_400)} d ago`
}
