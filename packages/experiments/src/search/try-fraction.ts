import type { InputIssue, ResolvedSearch } from '@goalpost/contracts'
import { createScale } from '@goalpost/statistics'
import type { Draft } from '../expansion/grid.ts'
import type { Resolution } from '../ports/protocol.ts'
import { draftProbes, nameProbes } from './search-drafts.ts'

/** Values of the first rounds, if the threshold may be anywhere: enough to meet a fraction where there are any. */
const triedValues = 33

/**
 * The issues of a fraction that later rounds may try, for each arm: the ends of a range and its middle may be whole
 * numbers by chance, and the search would end hours later where an option allows no others.
 */
export function tryFraction(
  search: ResolvedSearch,
  arms: readonly Draft[],
  resolve: (draft: Draft) => Resolution,
): InputIssue[] {
  const fraction = createScale(search)
    .first(triedValues)
    .find((value) => !Number.isInteger(value))
  if (fraction === undefined) return []
  const tried = search.arms.map((arm) => ({ arm, value: fraction, round: 1 }))
  const probes = nameProbes(search.over, search.arms, tried)
  return draftProbes({ over: search.over, probes }, arms).flatMap((draft) => {
    const resolution = resolve(draft)
    if (resolution.ok) return []
    const refusal = resolution.issues[0]?.message ?? 'not allowed'
    const message = `a later round may try \`${draft.name}\`, which is refused: ${refusal}`
    return [{ pointer: '/search/over', message, remedy: 'Add `integer: true` if it takes whole numbers only' }]
  })
}
