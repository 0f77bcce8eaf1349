import { evaluateEpisodes, type OutcomeTable } from '@goalpost/evaluation'
import type { TaskContext } from '@goalpost/experiments'
import type { ActingPolicy, LevelEditor } from '@goalpost/learning'
import type { Stream } from '@goalpost/random'
import { environmentOf } from '../../worlds/environment-of.ts'
import type { AttackedLevels } from '../attack-log.ts'
import type { AttackPlays, Told } from '../evaluate-task.ts'
import { tellPlaces } from './tell-goals.ts'

/** A policy and the world in which it is attacked. */
export type Field = Pick<AttackPlays, 'environment' | 'parameters'> & {
  readonly policy: ActingPolicy
  readonly told: Told
  readonly design: LevelEditor<unknown>
  readonly optimum: (level: unknown) => number
  readonly batch: number
  readonly context: Pick<TaskContext, 'yieldToEventLoop'>
}

/** One episode of each level. */
export function playLevels(field: Field, levels: readonly unknown[], uniform: Stream): Promise<OutcomeTable> {
  const { parameters, told, batch, context } = field
  const environment = environmentOf(field.environment)
  const policy = told === undefined ? field.policy : tellPlaces(field.policy, { environment, parameters, told })
  return evaluateEpisodes({
    simulator: environment.createSimulator(parameters, batch),
    levels,
    discount: environment.horizon(parameters).discount,
    policy,
    episodesPerLevel: 1,
    uniform,
    goals: environment.goals,
    yieldToEventLoop: context.yieldToEventLoop,
  })
}

export function regretsOf({ optimum }: Field, levels: readonly unknown[], { goals: [goal] }: OutcomeTable): number[] {
  return levels.map((level, i) => optimum(level) - goal.returns[i])
}

export function describePlayed(field: Field, levels: readonly unknown[], table: OutcomeTable): AttackedLevels {
  const [goal, proxy] = table.goals
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / levels.length
  return {
    regret: mean(regretsOf(field, levels, table)),
    return: mean(goal.returns),
    proxyReturn: mean(proxy.returns),
    solvable: mean(levels.map((level) => (field.optimum(level) > 0 ? 1 : 0))),
    distinguishing: mean(levels.map((level) => (field.design.kindOf(level) === 'distinguishes' ? 1 : 0))),
  }
}
