import type { Instructor } from '@goalpost/learning'
import { environmentOf } from '../../../../worlds/environment-of.ts'
import { isHeldOut } from '../../../held-out-places.ts'
import { tellableGoal } from '../../../told-goal.ts'
import type { TrainInputs } from '../train-task.ts'

/** Draws until a place may be told: with a quarter of the places held out, almost surely long before. */
const maxDraws = 64

/** Tells goals of this training's levels; null unless its method does. */
export function instructorFor({ environment: name, parameters, method }: TrainInputs): Instructor<unknown> | null {
  if (method?.kind !== 'goal-conditioned' && method?.kind !== 'modular') return null
  const tellable = tellableGoal(environmentOf(name), parameters)
  if (tellable === null) return null
  const { placeOf, channel, moveGoal } = tellable
  const holdOut = method.kind === 'goal-conditioned' && method.holdOut
  return {
    placeOf,
    channel,
    moveGoal(level, random) {
      let moved = moveGoal(level, random)
      for (let draw = 1; holdOut && isHeldOut(placeOf(moved)) && draw < maxDraws; draw++)
        moved = moveGoal(level, random)
      return moved
    },
  }
}
