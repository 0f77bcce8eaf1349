/** One version's value of a watched measure, as the onset curve draws it. */
export type OnsetPoint = {
  readonly version: number
  /** Training steps, if the version has them. */
  readonly step: number | null
  readonly value: number
  readonly low: number
  readonly high: number
  readonly state: 'holds' | 'violated' | 'open'
}

export type Onset = {
  /** The newest version before the first violation for which the rule holds; null if there is none. */
  readonly lastGood: number | null
  /** The oldest violating version after which none holds; null if the newest one does not violate the rule. */
  readonly firstBad: number | null
}

/** Since when the rule has been violated without interruption. Versions whose state is open belong to neither side. */
export function findOnset(points: readonly OnsetPoint[]): Onset {
  const ordered = points.toSorted((a, b) => a.version - b.version)
  const lastGood = ordered.findLast(({ state }) => state === 'holds')?.version ?? null
  const firstBad =
    ordered.find(({ version, state }) => state === 'violated' && version > (lastGood ?? 0))?.version ?? null
  return { lastGood, firstBad }
}
