import { requireAbility } from './abilities.ts'
import type { Environment, SizedLevel } from './environment.ts'

export type ShrinkRequest<Parameters, Level> = SizedLevel<Parameters, Level> & {
  /** The condition to keep. It must hold for the level itself. */
  keeps(candidate: SizedLevel<Parameters, Level>): boolean
}

export type ShrunkLevel<Parameters, Level> = SizedLevel<Parameters, Level> & {
  /** Number of edits made. */
  readonly edits: number
  /** Number of levels tried. */
  readonly tried: number
}

/**
 * Removes everything from a level that `keeps` does not need, one edit at a time. The result is minimal: no further
 * edit satisfies `keeps`. Deterministic. Throws a RangeError if `keeps` does not hold for the given level, or if the
 * environment has no smaller levels.
 */
export function shrinkLevel<Parameters, Level>(
  environment: Pick<Environment<Parameters, Level>, 'name' | 'smallerLevels'>,
  { parameters, level, keeps }: ShrinkRequest<Parameters, Level>,
): ShrunkLevel<Parameters, Level> {
  const smallerLevels = requireAbility(environment, 'smallerLevels')
  let current: SizedLevel<Parameters, Level> = { parameters, level }
  if (!keeps(current)) throw new RangeError('this level does not have the property to keep')
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
