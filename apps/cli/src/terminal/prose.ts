import type { Terminal } from './terminal.ts'
import { plain } from './text.ts'

/** Enough of a SHA-256 to distinguish files. */
export function shortHash(text: string): string {
  return text.slice(0, 12)
}

/** Sentences of a report with this terminal's minus sign before numbers. */
export function prose({ symbols }: Terminal, text: string): string {
  return plain(text).replaceAll(/(?<=^|[\s([,;:=±])-(?=\.?\d)/g, symbols.minus)
}
