import type { Report } from '@goalpost/contracts'
import type { Evidence, Protocol } from '../ports/protocol.ts'
import { searchParts } from './search-parts.ts'

/** The protocol's report; that of a search begins with its thresholds. */
export function buildReport(protocol: Pick<Protocol, 'report' | 'search'>, evidence: Evidence): Report {
  const report = protocol.report(evidence)
  if (evidence.search === undefined) return report
  return { ...report, parts: [...searchParts(evidence.search, evidence, protocol), ...report.parts] }
}
