import {
  checkExpectations,
  type CheckedVerdict,
  type Expectations,
  type ExperimentView,
  type ResultsView,
  type VerdictPart,
} from '@goalpost/contracts'

/** A verdict of the report under the name by which expectations know it. */
export type ReportedVerdict = VerdictPart & { readonly name: string }

export type Checked = CheckedVerdict<ReportedVerdict>

/** All conditions with their verdicts, compared with the expectations. */
export function checkResults(
  { resolved }: Pick<ExperimentView, 'resolved'>,
  { report }: Pick<ResultsView, 'report'>,
  expectations: Expectations,
): Checked[] {
  const parts = report?.parts ?? []
  return checkExpectations({
    conditions: resolved.conditions.map(({ name }) => name),
    verdicts: parts.flatMap((part) => (part.type === 'verdict' ? [{ ...part, name: part.verdict }] : [])),
    expectations,
  })
}
