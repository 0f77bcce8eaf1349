import picocolors from 'picocolors'
import type { Tone } from '@goalpost/contracts'

type Colours = ReturnType<typeof picocolors.createColors>

/** The terminal's abilities, as pure data: rendering is deterministic. */
export type Terminal = {
  readonly columns: number
  readonly unicode: boolean
  readonly colours: Colours
  readonly symbols: Symbols
}

export type Capabilities = { readonly columns: number; readonly unicode: boolean; readonly colour: boolean }

const widths = { min: 60, max: 120 }

export function createTerminal({ columns, unicode, colour }: Capabilities): Terminal {
  return {
    columns: Math.min(widths.max, Math.max(widths.min, columns)),
    unicode,
    colours: picocolors.createColors(colour),
    symbols: unicode ? unicodeSymbols : asciiSymbols,
  }
}

const unicodeSymbols = {
  rule: '─',
  thinRule: '╌',
  bar: '▌',
  point: '●',
  span: '─',
  spanLow: '├',
  spanHigh: '┤',
  axis: '│',
  corner: '└',
  tick: '┤',
  zero: '┊',
  threshold: '│',
  several: '*',
  filled: '━',
  half: '╸',
  empty: '─',
  separator: ' · ',
  ellipsis: '…',
  minus: '−',
  margin: '±',
  times: '×',
  arrow: '→',
  tones: { good: '✓', bad: '✗', warning: '!', neutral: '○' },
  states: { waiting: '○', running: '▶', succeeded: '✓', failed: '✗', cancelled: '⊘' },
  shades: [' ', '░', '▒', '▓', '█'],
  sparks: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  missing: '·',
  caution: '†',
} as const

type Widened<T> = T extends string ? string : { readonly [K in keyof T]: Widened<T[K]> }
export type Symbols = Widened<typeof unicodeSymbols>

const asciiSymbols: Symbols = {
  rule: '-',
  thinRule: '-',
  bar: '|',
  point: 'o',
  span: '-',
  spanLow: '|',
  spanHigh: '|',
  axis: '|',
  corner: '+',
  tick: '+',
  zero: ':',
  threshold: '^',
  several: '*',
  filled: '#',
  half: '>',
  empty: '-',
  separator: ' | ',
  ellipsis: '...',
  minus: '-',
  margin: '+-',
  times: 'x',
  arrow: '->',
  tones: { good: '+', bad: 'x', warning: '!', neutral: 'o' },
  states: { waiting: '.', running: '>', succeeded: '+', failed: 'x', cancelled: '/' },
  shades: [' ', '.', ':', '+', '#'],
  sparks: ['_', '.', ',', '-', '=', '^', '*', '#'],
  missing: '?',
  caution: '*',
}

export function paintTone({ colours }: Terminal, tone: Tone | undefined, text: string): string {
  if (tone === 'good') return colours.green(text)
  if (tone === 'bad') return colours.red(text)
  if (tone === 'warning') return colours.yellow(text)
  return text
}
