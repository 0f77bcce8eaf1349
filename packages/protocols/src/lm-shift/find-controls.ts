import { canonicalJson } from '@goalpost/experiments'
import type { Experiment } from './experiments/experiment.ts'
import type { Stage } from './experiments/table.ts'

type Condition = {
  readonly experiment: Experiment
  readonly isControl: boolean
  readonly options: { readonly stages: readonly Stage[]; readonly network?: object }
}

/** The controls that a condition can be judged against: with its own network and stages but for the treatment. A control can be among its own. */
export function findControls<Found extends Condition>(condition: Found, among: readonly Found[]): readonly Found[] {
  return among.filter(
    (other) =>
      other.isControl && other.experiment === condition.experiment && untreated(other) === untreated(condition),
  )
}

/** What a control shares with a condition, in a canonical form. */
function untreated({ experiment, options }: Condition): string {
  const { treatments, canOmitTreatment = false } = experiment
  const stages = options.stages.flatMap((stage) => {
    if (!treatments.includes(stage.stage)) return [stage]
    return canOmitTreatment ? [] : [{ stage: stage.stage }]
  })
  return canonicalJson({ network: options.network ?? null, stages })
}
