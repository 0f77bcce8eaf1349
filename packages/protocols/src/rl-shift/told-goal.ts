import type { Environment } from '@goalpost/environments'
import type { Rng } from '@goalpost/random'

/** What an environment needs so that the place of its goal can be told: a place, a channel of its own, and an edit that moves it alone. */
export type Tellable = {
  readonly placeOf: (level: unknown) => readonly [row: number, column: number]
  /** The channel that shows only the goal. */
  readonly channel: number
  /** The level with its goal anywhere, and all else as it was. */
  readonly moveGoal: (level: unknown, random: Rng) => unknown
}

/** Null if the goal's place cannot be told. */
export function tellableGoal(
  { goalPlace, design, objects, observation }: Environment,
  parameters: unknown,
): Tellable | null {
  const { channels, element } = observation(parameters)
  const sign = objects?.(parameters).find(({ tells }) => tells === 'goal')?.channels
  const move = design?.moveGoal
  if (goalPlace === undefined || move === undefined || element === 'byte' || sign?.length !== 1) return null
  return {
    placeOf: goalPlace,
    channel: channels.indexOf(sign[0]),
    moveGoal: (level, random) => move(parameters, level, random),
  }
}
