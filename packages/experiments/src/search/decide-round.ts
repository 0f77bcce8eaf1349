import type { ResolvedSearch } from '@goalpost/contracts'
import type { Evidence, Protocol } from '../ports/protocol.ts'
import { readSearch } from './read-search.ts'
import type { SearchProgress } from './resolve-search.ts'

/**
 * The next round, from the results of all rounds before: for every arm whose search goes on, its next values. Without
 * any, or if a run has no result or its files are lost (null), the search ends: its interval is then based on what there is.
 */
export function decideRound(
  search: ResolvedSearch,
  evidence: Evidence | null,
  protocol: Pick<Protocol, 'search'>,
): SearchProgress {
  const { probes } = search
  if (evidence === null) return { probes, ended: true, stopped: 'files of its results are lost' }
  const last = probes.reduce((latest, { round }) => Math.max(latest, round), 0)
  const added = readSearch(search, evidence, protocol).flatMap(({ arm, step }) =>
    step.type === 'probe' ? step.values.map((value) => ({ arm, value, round: last + 1 })) : [],
  )
  if (added.length > 0 && !isComplete(evidence)) return { probes, ended: true, stopped: 'runs are missing' }
  return { probes: [...probes, ...added], ended: added.length === 0 }
}

function isComplete({ conditions }: Evidence): boolean {
  return conditions.every(({ runs }) => runs.every(({ state }) => state === 'succeeded'))
}
