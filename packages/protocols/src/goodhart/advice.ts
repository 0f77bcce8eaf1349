import { isHeavyTailed, tailIndexOf } from './error-distributions.ts'
import { drawsPerPoint, tiltCost, type GoodhartOptions } from './spec.ts'

/** Warnings before anything is computed. */
export function adviseOn({ error, draws, klBudgets }: GoodhartOptions): readonly string[] {
  const advice: string[] = []
  const strongest = Math.max(...klBudgets)
  const index = tailIndexOf(error)
  if (isHeavyTailed(error))
    advice.push(
      'The error is heavy-tailed: the tilted policy exists on the drawn sample only, and at large KL budgets it rests on few draws. Check effective-draws.',
    )
  if (!isHeavyTailed(error) && draws < drawsPerPoint * tiltCost(strongest))
    advice.push(
      `At ${strongest} nats fewer than ${drawsPerPoint} effective draws are left: such points do not count in the verdict.`,
    )
  if (index !== null && index <= 2)
    advice.push(
      `The error has no variance (tail index ${index}): the mean reward differs widely between seeds. Utility is not affected.`,
    )
  return advice
}
