import type { Terminal } from './terminal.ts'
import { plain } from './text.ts'

const hash = /\b[0-9a-f]{64}\b/g

/** Enough of a SHA-256 to tell files apart. */
export function shortHash(text: string): string {
  return text.slice(0, 12)
}

/** Sentences of a report as this terminal writes them: its own minus sign before numbers, hashes shortened. */
export function prose({ symbols }: Terminal, text: string): string {
  const short = plain(text).replaceAll(hash, (whole) => shortHash(whole) + symbols.ellipsis)
  return short.replaceAll(/(?<=^|[\s([,;:=±])-(?=\.?\d)/g, symbols.minus)
}
