import { canonicalJson } from '@goalpost/experiments'
import type { Experiment } from './experiments/experiment.ts'
import type { Stage } from './experiments/table.ts'

type Condition = {
  readonly experiment: Experiment
  readonly isControl: boolean
  readonly options: { readonly stages: readonly Stage[] }
}

/** The controls that a condition can be judged against; a control can be among its own. */
export function findControls<Found extends Condition>(condition: Found, among: readonly Found[]): readonly Found[] {
  const { experiment } = condition
  const controls = among.filter((other) => other.isControl && other.experiment === experiment)
  return experiment.controlsShareLaterStages === true
    ? controls.filter((control) => sharesLaterStages(condition, control))
    : controls
}

/** The one that its change is compared with: if possible with the same stages after the first. */
export function nearestControl<Found extends Condition>(condition: Found, among: readonly Found[]): Found | null {
  const controls = findControls(condition, among)
  return controls.find((control) => sharesLaterStages(condition, control)) ?? controls.at(0) ?? null
}

function sharesLaterStages(left: Condition, right: Condition): boolean {
  const later = ({ options }: Condition) => canonicalJson(options.stages.slice(1))
  return later(left) === later(right)
}
