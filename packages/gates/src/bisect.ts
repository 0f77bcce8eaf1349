/** What the probes of one version found. `open`: its interval still reaches across the line. */
export type Probe = { readonly version: number; readonly state: 'good' | 'bad' | 'open'; readonly units: number }

export type BisectSettings = {
  /** Known to be good, and known to be bad; good < bad. */
  readonly good: number
  readonly bad: number
  /** Versions in between that exist, in order; by default all numbers. */
  readonly versions?: readonly number[]
  readonly first: number
  readonly factor: number
  /** Units for one version, at most. */
  readonly budget: number
}

export type BisectStep =
  | {
      readonly type: 'probe'
      readonly version: number
      /** Units in all for this version after the probe. */
      readonly units: number
    }
  /** `candidates`: more than one if those between could not be decided within the budget. */
  | { readonly type: 'found'; readonly lastGood: number; readonly candidates: readonly number[] }

/**
 * The next step of a search for the first bad version, given all probes so far. Assumes that versions stay bad once one is.
 * Each halves the range; a version whose interval reaches across the line gets more units, and after the budget its neighbour
 * is probed instead.
 */
export function bisect(settings: BisectSettings, probes: readonly Probe[]): BisectStep {
  const { good, bad, first, factor, budget } = settings
  if (!(good < bad)) throw new RangeError(`The good version must come before the bad one, got ${good} and ${bad}`)
  const versions = settings.versions ?? range(good + 1, bad)
  const latest = new Map(probes.map((probe) => [probe.version, probe]))
  const lastGood = Math.max(good, ...probes.flatMap(({ version, state }) => (state === 'good' ? [version] : [])))
  const firstBad = Math.min(
    bad,
    ...probes.flatMap(({ version, state }) => (state === 'bad' && version > lastGood ? [version] : [])),
  )
  const between = versions.filter((version) => version > lastGood && version < firstBad)
  const usable = between.filter((version) => (latest.get(version)?.units ?? 0) < budget)
  const version = middleOf(usable, between)
  if (version === undefined) return { type: 'found', lastGood, candidates: [...between, firstBad] }
  const before = latest.get(version)?.units ?? 0
  return { type: 'probe', version, units: Math.min(budget, Math.max(first, Math.ceil(before * factor))) }
}

/** Of those that can be probed, the one nearest to the middle of the range. */
function middleOf(usable: readonly number[], between: readonly number[]): number | undefined {
  const middle = (between.length - 1) / 2
  const distance = (version: number): number => Math.abs(between.indexOf(version) - middle)
  return usable.toSorted((a, b) => distance(a) - distance(b) || a - b)[0]
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
}
