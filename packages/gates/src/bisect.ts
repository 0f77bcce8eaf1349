/** The result of all evaluations of one version so far. `open`: its interval still reaches across the line. */
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
 * The next step of a search for the first bad version, given all probes so far. Assumes that versions stay bad once one is;
 * otherwise it finds one of the changes from good to bad. Each decided probe halves the range. A version whose interval reaches
 * across the line gets more units, up to the budget. If it stays open, the range is halved on both sides of it, and all
 * versions between the last good and the first bad one are candidates.
 */
export function bisect(settings: BisectSettings, probes: readonly Probe[]): BisectStep {
  const { good, bad, first, factor, budget } = settings
  if (!(good < bad)) throw new RangeError(`The good version must come before the bad one, got ${good} and ${bad}`)
  const versions = settings.versions ?? range(good + 1, bad)
  const known = probes.filter(({ version }) => version > good && version < bad)
  const lastGood = Math.max(good, ...known.flatMap(({ version, state }) => (state === 'good' ? [version] : [])))
  const firstBad = Math.min(
    bad,
    ...known.flatMap(({ version, state }) => (state === 'bad' && version > lastGood ? [version] : [])),
  )
  const between = versions.filter((version) => version > lastGood && version < firstBad)
  const spent = new Map<number, number>()
  for (const { version, units } of known) spent.set(version, Math.max(units, spent.get(version) ?? 0))
  const version = nextVersion(between, { spent, budget })
  if (version === undefined) return { type: 'found', lastGood, candidates: [...between, firstBad] }
  const units = Math.min(budget, Math.max(first, Math.ceil((spent.get(version) ?? 0) * factor)))
  return { type: 'probe', version, units }
}

type Spending = { readonly spent: ReadonlyMap<number, number>; readonly budget: number }

/** One that is open with units left; else the middle of the longer range beside the open ones, which are between. */
function nextVersion(between: readonly number[], { spent, budget }: Spending): number | undefined {
  const unfinished = between.find((version) => spent.has(version) && (spent.get(version) ?? 0) < budget)
  if (unfinished !== undefined) return unfinished
  const firstOpen = between.findIndex((version) => spent.has(version))
  const lastOpen = between.findLastIndex((version) => spent.has(version))
  const before = firstOpen < 0 ? between : between.slice(0, firstOpen)
  const after = firstOpen < 0 ? [] : between.slice(lastOpen + 1)
  const longer = before.length >= after.length ? before : after
  return longer[Math.floor((longer.length - 1) / 2)]
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
}
