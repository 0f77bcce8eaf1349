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
  const tellable = tellableGoal(environment, parameters)
  if (tellable === null) throw new RangeError(`no goal can be told on ${world.name}`)
  const { shape } = environment.observation(parameters)
  const [height] = shape
  return tellPolicy(policy, {
    shape,
    placeOf(level: unknown) {
      const [row, column] = tellable.placeOf(level)
      return observation === 'flip-vertical' ? [height - 1 - row, column] : [row, column]
    },
  })
}
