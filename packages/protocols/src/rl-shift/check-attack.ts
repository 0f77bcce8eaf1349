import type { InputIssue } from '@goalpost/contracts'
import { environmentOf } from '../worlds/environment-of.ts'
import type { RlShiftOptions } from './spec.ts'

/** Levels tried by each of the two searches: longer ones take longer than a training. */
const maxTries = 2 ** 16

/** Refuses attacks that try too much, where levels have no edits, or where nothing is trained and there is no mixture to attack. */
export function checkAttack({
  environment: name,
  evaluation: { attack },
  policy,
}: RlShiftOptions): readonly InputIssue[] {
  if (attack === undefined) return []
  const pointer = '/evaluation/attack'
  if (policy !== undefined)
    return [
      { pointer, message: 'Attacks search the training mixture, and nothing is trained here', remedy: 'Leave it out' },
    ]
  const tries = attack.levels * attack.rounds
  if (tries > maxTries)
    return [
      {
        pointer,
        message: `${attack.levels} levels, each attacked for ${attack.rounds} rounds, are ${tries} tries, more than the ${maxTries} allowed`,
        remedy: 'Use fewer levels or rounds',
      },
    ]
  if (environmentOf(name).design !== undefined) return []
  return [{ pointer, message: `Attacks edit levels, and ${name} has no edits`, remedy: 'Leave it out' }]
}
