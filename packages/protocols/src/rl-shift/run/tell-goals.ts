import type { Environment } from '@goalpost/environments'
import { tellPolicy, type ActingPolicy, type Place } from '@goalpost/learning'
import type { PlayableSuite } from '../../worlds/run/suite.ts'
import type { EvaluateInputs, Told } from '../evaluate-task.ts'
import { tellableGoal } from '../told-goal.ts'
import type { PlayedPolicy } from './evaluate.ts'

/** The policy, told the intended goal of each level if it was trained to be told, or nothing if that is its control. */
export function tellIfTold(
  policy: ActingPolicy,
  { environment, world }: Pick<PlayableSuite, 'environment' | 'world'>,
  inputs: EvaluateInputs,
): PlayedPolicy {
  if (!('told' in inputs) || inputs.told === undefined) return policy
  const { parameters, observation } = world
  return tellPlaces(policy, { environment, parameters, told: inputs.told, flipped: observation === 'flip-vertical' })
}

type Seen = {
  readonly environment: Environment
  readonly parameters: unknown
  readonly told: NonNullable<Told>
  /** Whether the policy sees the world upside down. */
  readonly flipped?: boolean
}

/** The policy, told where the goal of each level is, or nothing. */
export function tellPlaces(
  policy: ActingPolicy,
  { environment, parameters, told, flipped = false }: Seen,
): PlayedPolicy {
  const placeOf = placesAsSeen(environment, parameters, flipped)
  return tellPolicy(policy, {
    shape: environment.observation(parameters).shape,
    placeOf: (level: unknown) => (told === 'nothing' ? null : placeOf(level)),
  })
}

/** Where a policy sees the goal of each level of a suite. */
export function seenPlaces({ environment, world }: Pick<PlayableSuite, 'environment' | 'world'>) {
  return placesAsSeen(environment, world.parameters, world.observation === 'flip-vertical')
}

function placesAsSeen(environment: Environment, parameters: unknown, flipped: boolean): (level: unknown) => Place {
  const tellable = tellableGoal(environment, parameters)
  if (tellable === null) throw new RangeError(`${environment.name} has no goal that could be told`)
  const [height] = environment.observation(parameters).shape
  return (level) => {
    const [row, column] = tellable.placeOf(level)
    return flipped ? [height - 1 - row, column] : [row, column]
  }
}
