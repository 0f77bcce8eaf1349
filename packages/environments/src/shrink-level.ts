import { requireAbility } from './abilities.ts'
import type { Environment, SizedLevel } from './environment.ts'

export type ShrinkRequest<Parameters, Level> = SizedLevel<Parameters, Level> & {
  /** What the level is kept for. It must hold for the level itself. */
  keeps(candidate: SizedLevel<Parameters, Level>): boolean
}

export type ShrunkLevel<Parameters, Level> = SizedLevel<Parameters, Level> & {
  /** How many edits led to it. */
  readonly edits: number
  /** How many levels were looked at on the way. */
  readonly tried: number
}

/**
 * Takes away from a level all that `keeps` can do without, one edit at a time. What is left is minimal: no single edit keeps
 * what is asked for. Deterministic. Throws a RangeError where `keeps` does not hold for the level that is given, and where
 * the environment has no smaller levels.
 */
export function shrinkLevel<Parameters, Level>(
  environment: Pick<Environment<Parameters, Level>, 'name' | 'smallerLevels'>,
  { parameters, level, keeps }: ShrinkRequest<Parameters, Level>,
): ShrunkLevel<Parameters, Level> {
  const smallerLevels = requireAbility(environment, 'smallerLevels')
  let current: SizedLevel<Parameters, Level> = { parameters, level }
  if (!keeps(current)) throw new RangeError('this level is not of the kind that is to be kept')
  let [edits, tried] = [0, 0]
  const improve = (): boolean => {
    for (const candidate of smallerLevels(current.parameters, current.level)) {
      tried++
      if (!keeps(candidate)) continue
      current = candidate
      edits++
      return true
    }
    return false
  }
  while (improve());
  return { ...current, edits, tried }
}
