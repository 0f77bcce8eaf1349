import type { OnsetCurve, OnsetPoint } from '@goalpost/contracts'

export type Onset = Pick<OnsetCurve, 'lastGood' | 'firstBad'>

/** Since when the rule has been violated without interruption. Versions whose state is open belong to neither side. */
export function findOnset(points: readonly Pick<OnsetPoint, 'version' | 'state'>[]): Onset {
  const ordered = points.toSorted((a, b) => a.version - b.version)
  const lastGood = ordered.findLast(({ state }) => state === 'holds')?.version ?? null
  const firstBad =
    ordered.find(({ version, state }) => state === 'violated' && version > (lastGood ?? 0))?.version ?? null
  return { lastGood, firstBad }
}
