import type { Measure } from '@goalpost/contracts'
import type { ProbeSuite } from '@goalpost/language-tasks'
import { rates } from '../experiments/experiment.ts'

/** Of one prompt: probabilities of the proxy and of the intended word, and whether a reward model prefers the proxy. */
export type PromptReading = { readonly proxy: number; readonly intended: number; readonly rewarded?: boolean }

/** Means over the prompts of each kind of each probe. readings: one for each prompt of the suite. */
export function summariseProbes({ prompts }: ProbeSuite, readings: readonly PromptReading[]): readonly Measure[] {
  const groups = Map.groupBy(
    prompts.map(({ probe, kind }, row) => ({ labels: { probe, kind }, reading: readings[row] })),
    ({ labels }) => `${labels.probe} ${labels.kind}`,
  )
  return [...groups.values()].flatMap((group) => {
    const [{ labels }] = group
    const own = group.map(({ reading }) => reading)
    const measure = (name: string, value: number) => ({ name, labels, value, count: own.length })
    const proxy = mean(own.map((reading) => reading.proxy))
    const intended = mean(own.map((reading) => reading.intended))
    const preferred = own.flatMap(({ rewarded }) => (rewarded === undefined ? [] : [rewarded ? 1 : 0]))
    return [
      measure(rates.proxy, proxy),
      measure(rates.intended, intended),
      measure(rates.valid, proxy + intended),
      ...(preferred.length === 0 ? [] : [measure(rates.rewarded, mean(preferred))]),
    ]
  })
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
