import type { Environment } from '@goalpost/environments'
import { tellPolicy, type ActingPolicy } from '@goalpost/learning'
import type { PlayableSuite } from '../../worlds/run/suite.ts'
import type { EvaluateInputs } from '../evaluate-task.ts'
import { tellableGoal } from '../told-goal.ts'
import type { PlayedPolicy } from './evaluate.ts'

/** The policy, told the intended goal of each level if it was trained to be told. */
export function tellIfTold(
  policy: ActingPolicy,
  { environment, world }: Pick<PlayableSuite, 'environment' | 'world'>,
  inputs: EvaluateInputs,
): PlayedPolicy {
  if (!('told' in inputs) || inputs.told !== true) return policy
  const { parameters, observation } = world
  return tellPlaces(policy, { environment, parameters, flipped: observation === 'flip-vertical' })
}

type Seen = {
  readonly environment: Environment
  readonly parameters: unknown
  /** Whether the policy sees the world upside down. */
  readonly flipped?: boolean
}

/** The policy, told where the goal of each level is. */
export function tellPlaces(policy: ActingPolicy, { environment, parameters, flipped = false }: Seen): PlayedPolicy {
  const tellable = tellableGoal(environment, parameters)
  if (tellable === null) throw new RangeError(`${environment.name} has no goal that could be told`)
  const { shape } = environment.observation(parameters)
  return tellPolicy(policy, {
    shape,
    placeOf(level: unknown) {
      const [row, column] = tellable.placeOf(level)
      return flipped ? [shape[0] - 1 - row, column] : [row, column]
    },
  })
}
