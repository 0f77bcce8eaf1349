import type { BisectionView } from '@goalpost/contracts'

/** How far a bisection is, or what it found, in one sentence. */
export function describeSearch({ state, good, bad, lastGood, candidates, probes }: BisectionView): string {
  if (state === 'running') {
    const { low, high } = remainingRange({ good, bad, probes })
    return `The first bad version comes after ${low} and is ${high} at the latest.`
  }
  const after = lastGood === null ? '' : `; version ${lastGood} is the last good one`
  const [first, ...others] = candidates
  if (first === undefined) return 'It ended without an answer.'
  if (others.length === 0) return `Version ${first} is the first bad one${after}.`
  const known = lastGood === null ? '' : `; version ${lastGood} is good`
  return `The first bad version is one of ${candidates.join(', ')}${known}. Those before ${candidates.at(-1)} could not be decided within the budget.`
}

/** The last version that is known to be good, and the first that is known to be bad: the onset is after `low`, up to `high`. */
export function remainingRange({ good, bad, probes }: Pick<BisectionView, 'good' | 'bad' | 'probes'>) {
  return {
    low: Math.max(good, ...versionsThat('good', probes)),
    high: Math.min(bad, ...versionsThat('bad', probes)),
  }
}

function versionsThat(are: 'good' | 'bad', probes: BisectionView['probes']): number[] {
  return probes.flatMap(({ version, state }) => (state === are ? [version] : []))
}
