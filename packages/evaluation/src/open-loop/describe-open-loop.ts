import type { OpenLoopPolicy } from './open-loop-policy.ts'

/**
 * In words of the environment's actions: `up .5, left .5`, or, step after step, `up ×4, then left ×4, over and over`.
 */
export function describeOpenLoop({ cycle }: OpenLoopPolicy, actions: readonly string[]): string {
  const steps = cycle.map((distribution) => describeStep(distribution, actions))
  const [only] = steps
  if (steps.length === 1 && only !== undefined) return only
  const runs: { step: string; times: number }[] = []
  for (const step of steps) {
    const last = runs.at(-1)
    if (last?.step === step) last.times++
    else runs.push({ step, times: 1 })
  }
  const named = runs.map(({ step, times }) => {
    const shown = step.includes(',') ? `(${step})` : step
    return times === 1 ? shown : `${shown} ×${times}`
  })
  return `${named.join(', then ')}, repeated`
}

function describeStep(distribution: readonly number[], actions: readonly string[]): string {
  if (distribution.every((probability) => probability === distribution[0])) return 'every action alike'
  const likely = [...distribution.entries()].filter(([, probability]) => probability > 0)
  return likely
    .toSorted(([a, p], [b, q]) => q - p || a - b)
    .map(([action, probability]) => (probability === 1 ? actions[action] : `${actions[action]} ${short(probability)}`))
    .join(', ')
}

const short = (probability: number) => String(Math.round(probability * 1000) / 1000).replace(/^0/, '')
