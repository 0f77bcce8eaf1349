import type { Environment } from '@goalpost/environments'

/** What an environment needs so that the place of its goal can be told: a place, a channel of its own, and edits. */
export type Tellable = {
  readonly placeOf: (level: unknown) => readonly [row: number, column: number]
  /** The channel that shows only the goal. */
  readonly channel: number
  readonly design: NonNullable<Environment['design']>
}

/** Null if the goal's place cannot be told. */
export function tellableGoal(
  { goalPlace, design, objects, observation }: Environment,
  parameters: unknown,
): Tellable | null {
  const { channels, element } = observation(parameters)
  const sign = objects?.(parameters).find(({ tells }) => tells === 'goal')?.channels
  if (goalPlace === undefined || design === undefined || element === 'byte' || sign?.length !== 1) return null
  return { placeOf: goalPlace, channel: channels.indexOf(sign[0]), design }
}
