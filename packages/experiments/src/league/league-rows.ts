import type { Estimate, LeagueRow } from '@goalpost/contracts'
import { isContradictory } from '@goalpost/statistics'
import type { LeagueSlot } from '../ports/protocol.ts'
import type { ArmFinding } from '../search/read-search.ts'
import { toEstimate } from '../search/search-parts.ts'
import type { League } from './gather-league.ts'

/** Everything in a league as long rows: the score of each seed, the numbers of each verdict, costs and thresholds. */
export function leagueRows({ cells, thresholds, over, methods }: League, slot: LeagueSlot): LeagueRow[] {
  const found = cells.filter(({ method }) => methods.includes(method))
  return [
    ...thresholds
      .filter(({ method }) => methods.includes(method))
      .map(({ experiment, method, finding, end }) => {
        const estimate = toEstimate(finding) ?? knownEnds(finding, end)
        const place = { experiment, method, over, value: null, verdict: null, seed: null }
        return { ...place, measure: 'threshold', estimate }
      }),
    ...found.flatMap(({ experiment, method, value, verdict, scores, costs }) => {
      const place = { experiment, method, over, value, verdict: verdict?.name ?? null }
      return [
        ...[...scores].map(([seed, score]) => ({ ...place, measure: slot.score, seed, estimate: { value: score } })),
        ...slot.numbers.flatMap(({ key }) => {
          const estimate = verdict?.numbers.find((number) => number.key === key)?.estimate
          return estimate === undefined ? [] : [{ ...place, measure: key, seed: null, estimate }]
        }),
        ...costs.map((cost) => ({ ...place, measure: cost.title, seed: null, estimate: { value: cost.value } })),
      ]
    }),
  ]
}

/** A threshold that was not found still lies beyond what is shown: to leave it out would bias whoever averages. */
function knownEnds({ threshold }: ArmFinding, end: string): Estimate {
  const { low, high } = threshold
  const value = { missing: end }
  if (isContradictory(threshold)) return { value }
  return { value, ...(low === null ? {} : { low }), ...(high === null ? {} : { high }) }
}
