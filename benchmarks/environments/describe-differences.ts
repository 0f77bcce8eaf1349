import type { Timing } from '../learning/contestant.ts'

/**
 * As a share of the larger one, and as a number: for cells set in a channel, and for rewards and ends, which are rare.
 */
const tolerances = { channel: { share: 0.05, number: 0.04 }, outcome: { share: 0.25, number: 0.001 } }

/** A line for each mean that differs too much between two programs that should do the same. */
export function describeDifferences(ours: readonly Timing[], theirs: readonly Timing[]): readonly string[] {
  const [one, other] = [averageMeans(ours), averageMeans(theirs)]
  if (Object.keys(one).length === 0) return ['nothing is known of what was done']
  return Object.entries(one).flatMap(([name, mean]) => {
    const against = other[name] ?? Number.NaN
    const { share, number } = name.startsWith('channel') ? tolerances.channel : tolerances.outcome
    const close = Math.abs(mean - against) <= share * Math.max(mean, against) + number
    return close ? [] : [`${name} ${mean.toPrecision(3)} against ${against.toPrecision(3)}`]
  })
}

function averageMeans(timings: readonly Timing[]): Record<string, number> {
  const names = Object.keys(timings[0]?.means ?? {})
  const sum = (name: string) => timings.reduce((total, { means }) => total + (means?.[name] ?? Number.NaN), 0)
  return Object.fromEntries(names.map((name) => [name, sum(name) / timings.length]))
}
