import type { TrendLine, TrendView } from '@goalpost/contracts'
import type { NamedFindings } from '../ports/experiment-findings.ts'

/** One line for each title of a verdict, in the order of the newest report that has it. */
export function presentTrend(name: string, { experiments, leftOut }: NamedFindings): TrendView {
  const titles = new Set(experiments.toReversed().flatMap(({ verdicts }) => verdicts.map(({ title }) => title)))
  return {
    name,
    experiments: experiments.map(({ id, createdAt }) => ({ id, createdAt })),
    leftOut,
    lines: [...titles].map((title) => lineOf(title, experiments)),
  }
}

function lineOf(title: string, experiments: NamedFindings['experiments']): TrendLine {
  const found = experiments.flatMap(({ id, verdicts }) =>
    verdicts.filter((verdict) => verdict.title === title).map((verdict) => ({ ...verdict, experimentId: id })),
  )
  return {
    title,
    condition: found.at(-1)?.condition ?? title,
    points: found.map(({ title: _title, condition: _condition, ...point }) => point),
  }
}
