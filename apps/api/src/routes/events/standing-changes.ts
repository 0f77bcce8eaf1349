import type { ExperimentStanding } from '@goalpost/contracts'

type Known = { readonly revision: number; readonly atMs: number }

/** Picks those that have changed since they were last picked, each at most once in an interval; at first, all. */
export function createStandingChanges(intervalMs: number) {
  let known: ReadonlyMap<string, Known> = new Map()
  return (open: readonly ExperimentStanding[], nowMs: number): ExperimentStanding[] => {
    const changed = open.filter(({ experimentId, revision }) => {
      const before = known.get(experimentId)
      return before === undefined || (revision > before.revision && nowMs - before.atMs >= intervalMs)
    })
    known = remember(known, { open, changed, nowMs })
    return changed
  }
}

type Look = {
  readonly open: readonly ExperimentStanding[]
  readonly changed: readonly ExperimentStanding[]
  readonly nowMs: number
}

/** Without those that have ended: a stream may last for weeks. */
function remember(known: ReadonlyMap<string, Known>, { open, changed, nowMs }: Look): Map<string, Known> {
  const next = new Map<string, Known>()
  for (const { experimentId } of open) {
    const before = known.get(experimentId)
    if (before !== undefined) next.set(experimentId, before)
  }
  for (const { experimentId, revision } of changed) next.set(experimentId, { revision, atMs: nowMs })
  return next
}
