import { isMissing, type ResolvedSearch } from '@goalpost/contracts'
import { searchThreshold, type Probe, type SearchStep, type Threshold } from '@goalpost/statistics'
import type { Evidence, Protocol } from '../ports/protocol.ts'

/** What is known about the threshold of one arm, and its next step by the results so far. */
export type ArmFinding = {
  readonly arm: string
  /** Values that have results, ascending. */
  readonly probes: readonly Probe[]
  /** Seeds that each of these values has a run for, whether or not it measured something. */
  readonly planned: readonly number[]
  readonly threshold: Threshold
  readonly step: SearchStep
}

/** The findings of every arm, from the evidence so far. */
export function readSearch(
  search: ResolvedSearch,
  { conditions, artifacts }: Pick<Evidence, 'conditions' | 'artifacts'>,
  { search: slot }: Pick<Protocol, 'search'>,
): ArmFinding[] {
  const byName = new Map(conditions.map((condition) => [condition.name, condition]))
  return search.arms.map((arm) => {
    const own = search.probes.filter((probe) => probe.arm === arm).toSorted((a, b) => a.value - b.value)
    const probes = own.map(({ condition: name, value }): Probe => {
      const condition = byName.get(name)
      const read = condition === undefined ? [] : (slot?.read(condition, search.measure.name, artifacts) ?? [])
      const known = read.flatMap(({ seed, value: measured }): [number, number][] =>
        isMissing(measured) ? [] : [[seed, measured]],
      )
      return { value, seeds: new Map(known) }
    })
    const planned = own.map(({ condition }) => byName.get(condition)?.runs.length ?? 0)
    return { arm, probes, planned, ...searchThreshold(search, probes) }
  })
}
