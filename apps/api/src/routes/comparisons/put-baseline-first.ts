import type { ComparisonRequest } from '@goalpost/contracts'
import { suggestName } from '@goalpost/validation'
import { invalidRequest } from '../../server/problems.ts'

type Compared = { readonly experimentId: string; readonly condition: { readonly name: string } }

/** Protocols compute differences to the first arm. Without a chosen baseline, the order stays. */
export function putBaselineFirst<Arm extends Compared>(
  arms: readonly Arm[],
  wanted: ComparisonRequest['baseline'],
): readonly Arm[] {
  if (wanted === undefined) return arms
  const baseline = findBaseline(arms, wanted)
  return [baseline, ...arms.filter((arm) => arm !== baseline)]
}

function findBaseline<Arm extends Compared>(
  arms: readonly Arm[],
  { experimentId, condition }: NonNullable<ComparisonRequest['baseline']>,
): Arm {
  const own = arms.filter((arm) => arm.experimentId === experimentId)
  if (own.length === 0)
    throw invalidRequest('/baseline/experimentId', 'this experiment is not one of the arms', 'Add it to `arms`')
  const names = own.map((arm) => arm.condition.name)
  if (condition === undefined) {
    if (own.length === 1) return own[0]
    const message = `the arms have ${own.length} conditions of this experiment`
    throw invalidRequest('/baseline/condition', message, `Name one of them: ${names.join(', ')}`)
  }
  const found = own.find((arm) => arm.condition.name === condition)
  if (found !== undefined) return found
  const message = `none of the arms is condition \`${condition}\` of this experiment`
  throw invalidRequest('/baseline/condition', message, suggestName(condition, names))
}
