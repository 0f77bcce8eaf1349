import type { InputIssue } from '@goalpost/contracts'
import { environmentOf } from '../worlds/environment-of.ts'
import type { RlShiftOptions } from './spec.ts'

/** Refuses attacks where levels have no edits, or where nothing is trained and there is no mixture to attack. */
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
  if (environmentOf(name).design !== undefined) return []
  return [{ pointer, message: `Attacks edit levels, and ${name} has no edits`, remedy: 'Leave it out' }]
}
