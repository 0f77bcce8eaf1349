import type { Measured } from '../method.ts'

/**
 * Reads what episodes did and says of each how far it reached the goal, from 0 to 1, or why there is no verdict. `iteration`: from 0.
 * Equal texts of one iteration must be judged alike whenever they are judged again, as a resumed training does.
 */
export type Judge = (texts: readonly string[], iteration: number) => Promise<readonly Measured[]>

/**
 * The rewards of episodes, in the order of the verdicts. One without a verdict is worth what the others are worth on average, so that it is
 * taken neither for a success nor for a failure; 0 if there are no others.
 */
export function rewardsOf(verdicts: readonly Measured[]): readonly number[] {
  const given = verdicts.filter((verdict) => typeof verdict === 'number')
  const mean = given.length === 0 ? 0 : given.reduce((sum, verdict) => sum + verdict, 0) / given.length
  return verdicts.map((verdict) => (typeof verdict === 'number' ? verdict : mean))
}
