import type { Goal, Goals } from '@goalpost/environments'
import type { Estimate } from '@goalpost/statistics'
import { isGoalMeasure, type GoalMeasureName } from '../measures/goal-measures.ts'
import { correctedConfidence } from './corrected-confidence.ts'
import type { ResampledGoal, ResampledMeasure } from './resample-suite.ts'

/** What is measured about one goal; what such a goal does not have is left out. */
export type GoalEstimates = Readonly<Partial<Record<GoalMeasureName, Estimate>>>

export type GoalAssessment = {
  readonly goal: Goal
  readonly measures: GoalEstimates
  /** The same at the confidence at which the rule reads them: one of several proxies, or other goals, asks for more. */
  readonly held: GoalEstimates
}

type Request = {
  /** What was measured about every goal, of each seed that the estimate is over. */
  readonly policies: readonly { readonly goals: readonly ResampledGoal[] }[]
  readonly confidence: number
  readonly estimate: (measures: readonly ResampledMeasure[], confidence: number) => Estimate
}

/** Nothing where the evidence does not say which goals there are. */
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
