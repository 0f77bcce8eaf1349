import type { Aggregate, ExperimentView } from '@goalpost/contracts'
import { useQueries } from '@tanstack/react-query'
import { resultsQuery } from '../report/results-query.ts'
import { useSession } from '../session/session.ts'
import { armText, type Arm } from './comparison-arms.ts'
import type { ComparedSide } from './option-diff.ts'

/** One compared condition with its measurements. */
export type Side = ComparedSide & {
  /** The condition, as in the page's address. */
  readonly arm: string
  readonly aggregates: readonly Aggregate[]
}

/** The experiments behind the arms, and one side for each compared condition that has been read. */
export function useCompared(arms: readonly Arm[]) {
  const { client } = useSession()
  const ids = [...new Set(arms.map(({ experimentId }) => experimentId))]
  const experiments = useQueries({
    queries: ids.map((id) => ({ queryKey: ['experiment', id], queryFn: () => client.experiment(id) })),
  })
  const results = useQueries({
    queries: ids.map((id) => resultsQuery(client, id)),
  })
  const views = new Map(experiments.flatMap(({ data }) => (data === undefined ? [] : [[data.id, data] as const])))
  const measured = new Map(
    results.flatMap(({ data }) => (data === undefined ? [] : [[data.experimentId, data.aggregates] as const])),
  )
  const sides = arms.flatMap(({ experimentId, condition }) => {
    const view = views.get(experimentId)
    return view === undefined ? [] : sidesOf(view, condition, { measured, isAlone: ids.length === 1 })
  })
  return {
    queries: [...experiments, ...results],
    nameOf: (id: string): string => views.get(id)?.name ?? id.slice(0, 8),
    /** Those that have been read. */
    experiments: ids.flatMap((id) => views.get(id) ?? []),
    /** Of so many steps of the longest curves, one is shown. */
    stride: Math.max(1, ...results.map(({ data }) => data?.stride ?? 1)),
    sides: [...new Map(sides.map((side) => [side.name, side])).values()],
  }
}

type Read = { readonly measured: ReadonlyMap<string, readonly Aggregate[]>; readonly isAlone: boolean }

/** Within one experiment, a condition needs no more than its name. */
function sidesOf({ id, name, resolved }: ExperimentView, wanted: string | undefined, read: Read): Side[] {
  return resolved.conditions
    .filter((condition) => wanted === undefined || condition.name === wanted)
    .map((condition) => ({
      name: read.isAlone ? condition.name : `${name} ${id.slice(-4)}: ${condition.name}`,
      arm: armText({ experimentId: id, condition: condition.name }),
      options: condition.options,
      aggregates: (read.measured.get(id) ?? []).filter((aggregate) => aggregate.condition === condition.name),
    }))
}
