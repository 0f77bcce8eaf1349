import type { Report } from '@goalpost/contracts'
import { shortHash } from '../terminal/prose.ts'
import type { Terminal } from '../terminal/terminal.ts'

const hash = /\b[0-9a-f]{64}\b/g

/** Shortens the hashes of a report to fit a line. Not for reports whose hashes are to be copied. */
export function shortenHashes({ symbols }: Terminal, report: Report): Report {
  return JSON.parse(JSON.stringify(report), (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll(hash, (whole) => shortHash(whole) + symbols.ellipsis) : value,
  ) as Report
}
