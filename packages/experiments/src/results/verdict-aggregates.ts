import type { Aggregate, Report } from '@goalpost/contracts'
import { analysisKey } from '../expansion/analysis.ts'

/**
 * The numbers behind a report's verdicts in the form of measures, so that one list has everything: `goal-position`,
 * `capability` and whatever else the protocol gives a key. The label `verdict` is the verdict's title, as a condition
 * may have several.
 */
export function verdictAggregates(report: Report | null): Aggregate[] {
  return (report?.parts ?? []).flatMap((part) => {
    if (part.type !== 'verdict') return []
    const { condition, title } = part
    return part.numbers.flatMap(({ key, estimate, values = [] }) =>
      key === undefined
        ? []
        : [{ condition, task: analysisKey, measure: key, key, labels: { verdict: title }, estimate, values }],
    )
  })
}
