import type { ExperimentSpec, InputIssue } from '@goalpost/contracts'

const largestSeed = 2 ** 32 - 1

/** Lists the seeds of a spec; `5` means 0 to 4. */
export function listSeeds(seeds: ExperimentSpec['seeds']): { seeds: readonly number[]; issues: readonly InputIssue[] } {
  if (typeof seeds === 'number') return { seeds: range(0, seeds), issues: [] }
  if (!isList(seeds)) {
    const last = seeds.first + seeds.count - 1
    return { seeds: range(seeds.first, seeds.count), issues: last > largestSeed ? [beyondLargest(last)] : [] }
  }
  const seen = new Map<number, number>()
  const issues: InputIssue[] = []
  for (const [index, seed] of seeds.entries()) {
    const earlier = seen.get(seed)
    if (earlier === undefined) seen.set(seed, index)
    else {
      issues.push({
        pointer: `/seeds/${index}`,
        message: `seed ${seed} is already listed, at /seeds/${earlier}`,
        remedy: 'List every seed once: the same seed gives the same run, not a replicate',
      })
    }
  }
  return { seeds, issues }
}

function isList(seeds: ExperimentSpec['seeds']): seeds is number[] {
  return Array.isArray(seeds)
}

function range(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index)
}

function beyondLargest(last: number): InputIssue {
  return {
    pointer: '/seeds',
    message: `the last seed would be ${last}, but seeds go up to ${largestSeed}`,
    remedy: 'Start lower, or use fewer seeds',
  }
}
