import type { LeagueRow } from '@goalpost/contracts'
import type { LeagueSlot } from '../ports/protocol.ts'
import { toEstimate } from '../search/search-parts.ts'
import type { League } from './gather-league.ts'

/** Everything in a league as long rows: the score of each seed, the numbers of each verdict, costs and thresholds. */
export function leagueRows({ cells, thresholds, over, methods }: League, slot: LeagueSlot): LeagueRow[] {
  const found = cells.filter(({ method }) => methods.includes(method))
  return [
    ...thresholds
      .filter(({ method }) => methods.includes(method))
      .flatMap(({ experiment, method, finding }) => {
        const estimate = toEstimate(finding)
        const place = { experiment, method, over, value: null, verdict: null, seed: null }
        return estimate === null ? [] : [{ ...place, measure: 'threshold', estimate }]
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
