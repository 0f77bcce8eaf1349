import type { Goal, Goals } from '@goalpost/environments'
import type { Estimate } from '@goalpost/statistics'
import { isGoalMeasure, type GoalMeasureName } from '../measures/goal-measures.ts'
import { correctedConfidence } from './corrected-confidence.ts'
import type { ResampledGoal, ResampledMeasure } from './resample-suite.ts'

/** The measures of one goal; those that do not apply to it are absent. */
export type GoalEstimates = Readonly<Partial<Record<GoalMeasureName, Estimate>>>

export type GoalAssessment = {
  readonly goal: Goal
  readonly measures: GoalEstimates
  /** The same at the rule's confidence, which is higher for one of several proxies or other goals. */
  readonly held: GoalEstimates
}

type Request = {
  /** The measures of every goal, for each seed of the estimate. */
  readonly policies: readonly { readonly goals: readonly ResampledGoal[] }[]
  readonly confidence: number
  readonly estimate: (measures: readonly ResampledMeasure[], confidence: number) => Estimate
}

/** Empty if the evidence does not list the goals. */
export function assessGoals(goals: Goals | undefined, request: Request): readonly GoalAssessment[] {
  const { policies, confidence, estimate } = request
  return (goals ?? []).map((goal, index) => {
    const own = policies.map((policy) => policy.goals[index])
    const names = Object.keys(own[0] ?? {}).filter(isGoalMeasure)
    const at = (level: number): GoalEstimates =>
      Object.fromEntries(
        names.map((name) => [
          name,
          estimate(
            own.flatMap((each) => each[name] ?? []),
            level,
          ),
        ]),
      )
    const held = goals === undefined ? confidence : correctedConfidence(goals, goal, confidence)
    const measures = at(confidence)
    return { goal, measures, held: held === confidence ? measures : at(held) }
  })
}
