import type { ExperimentSummary } from '@goalpost/contracts'

/** A longer list of suggestions is not read. */
const mostSuggested = 100

/** What the filters for labels and owners can suggest: what these experiments have, without repetition. */
export function knownValues(experiments: readonly Pick<ExperimentSummary, 'labels' | 'createdBy'>[]) {
  const labels = experiments.flatMap(({ labels: all }) =>
    Object.entries(all).map(([name, value]) => `${name}=${value}`),
  )
  const owners = experiments.flatMap(({ createdBy }) => createdBy ?? [])
  return { labels: suggested(labels), owners: suggested(owners) }
}

const suggested = (values: readonly string[]): string[] => [...new Set(values)].toSorted().slice(0, mostSuggested)
