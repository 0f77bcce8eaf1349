import type { Rng, Stream } from '@goalpost/random'
import type { Place } from '../../acting/told-goal.ts'
import type { ToldLevel } from './instruct-simulator.ts'

/** What telling goals needs to know of levels. All of it is read from the level alone, never from a suite. */
export type Instructor<Level> = {
  placeOf(level: Level): Place
  /** The level with its goal anywhere that may be told in training. */
  moveGoal(level: Level, random: Rng): Level
  /** The channel of the observations that shows only the goal. */
  readonly channel: number
}

export type Telling = {
  /** Share of the levels whose goal is told, and rewarded, elsewhere than where its sign is shown. */
  readonly elsewhere: number
  /** What the instruction says. `told`: the rewarded place; `shuffled`: that of the next level; `none`: nothing. */
  readonly instruction: 'told' | 'shuffled' | 'none'
  /** Whether the sign is shown at all, at the place that the level says. */
  readonly sign: 'shown' | 'hidden'
}

/** The told level of an index; it depends on nothing else. */
export function tellLevels<Level>(
  levelOf: (index: number) => Level,
  { placeOf, moveGoal }: Instructor<Level>,
  { elsewhere, instruction, sign, stream }: Telling & { readonly stream: Stream },
): (index: number) => ToldLevel<Level> {
  const rewardedOf = (index: number) => {
    const level = levelOf(index)
    const random = stream.at(index)
    return random.uniform() < elsewhere ? moveGoal(level, random) : level
  }
  const instructions = {
    told: (index: number) => placeOf(rewardedOf(index)),
    shuffled: (index: number) => placeOf(rewardedOf(index + 1)),
    none: () => null,
  }
  return (index) => {
    const level = rewardedOf(index)
    return {
      level,
      rewarded: placeOf(level),
      told: instructions[instruction](index),
      shown: sign === 'shown' ? placeOf(levelOf(index)) : null,
    }
  }
}
