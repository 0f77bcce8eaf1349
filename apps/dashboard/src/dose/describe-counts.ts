import { isMissing } from '@goalpost/contracts'
import { formatTick } from '@goalpost/report-view'
import type { DosePoint } from './dose-response.ts'

/** More would be a list that nobody reads. */
const mostListed = 12

/** On how many replicates the intervals of a chart rest, e.g. `n = 5 each`; null where no point says. */
export function describeCounts(points: readonly Pick<DosePoint, 'dose' | 'estimate'>[]): string | null {
  const shown = points.filter(({ estimate }) => !isMissing(estimate.value))
  const counts = shown.flatMap(({ estimate: { count } }) => count ?? [])
  if (counts.length === 0) return null
  const [least, most] = [Math.min(...counts), Math.max(...counts)]
  if (least === most && counts.length === shown.length) return `n = ${least} each`
  if (shown.length > mostListed) return `n = ${least} to ${most}`
  return `n = ${shown.map(({ dose, estimate }) => `${estimate.count ?? 'unknown'} at ${formatTick(dose)}`).join(', ')}`
}
