import type { Timing } from '../learning/contestant.ts'

/** Of cells set in a channel, and of rewards and ends, of which a few hundred episodes have few. */
const tolerance = { channel: 0.05, outcome: 0.25 }

/** Where the means of two contestants' runs are too far apart for two programs that do the same: a line for each. */
export function describeDifferences(ours: readonly Timing[], theirs: readonly Timing[]): readonly string[] {
  const [one, other] = [averageMeans(ours), averageMeans(theirs)]
  if (Object.keys(one).length === 0) return ['nothing is known of what was done']
  return Object.entries(one).flatMap(([name, mean]) => {
    const against = other[name] ?? Number.NaN
    const share = name.startsWith('channel') ? tolerance.channel : tolerance.outcome
    const close = Math.abs(mean - against) <= share * Math.max(mean, against) + 0.001
    return close ? [] : [`${name} ${mean.toPrecision(3)} against ${against.toPrecision(3)}`]
  })
}

function averageMeans(timings: readonly Timing[]): Record<string, number> {
  const names = Object.keys(timings[0]?.means ?? {})
  const sum = (name: string) => timings.reduce((total, { means }) => total + (means?.[name] ?? Number.NaN), 0)
  return Object.fromEntries(names.map((name) => [name, sum(name) / timings.length]))
}
