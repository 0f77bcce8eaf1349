import type { ExperimentView } from '@goalpost/contracts'
import { useQueries } from '@tanstack/react-query'
import { useSession } from '../session/session.ts'
import type { ShownSuites } from './condition-suites.ts'
import { episodesQuery } from './episodes-query.ts'
import type { RecordedEpisode } from './recorded-episode.ts'
import type { ReplayView } from './replay-view.ts'

/** The episodes of one suite. */
export type SuiteEpisodes = {
  /** Empty if the experiment names no suites. */
  readonly suite: string
  readonly episodes: readonly RecordedEpisode[]
}

type Wanted = Pick<ReplayView, 'condition' | 'seed'>

/** The chosen suite's episodes, and those of the suite beside it. A suite beside it that has none is left out. */
export function useEpisodes(
  { id, protocol }: Pick<ExperimentView, 'id' | 'protocol'>,
  { condition, seed }: Wanted,
  { main, beside }: ShownSuites,
) {
  const { client } = useSession()
  const wanted = [main, ...(beside === undefined ? [] : [beside])]
  const read = useQueries({
    queries: wanted.map((suite) => episodesQuery(client, { id, protocol, condition, seed, suite })),
  })
  const [first, ...others] = read
  return {
    isPending: first?.isPending ?? true,
    error: first?.error ?? null,
    retry: () => void first?.refetch(),
    /** Of the suite beside it, which may fail alone. */
    others,
    panes: read.flatMap(({ data }, index): SuiteEpisodes[] =>
      data === undefined || (index > 0 && data.length === 0) ? [] : [{ suite: wanted[index] ?? '', episodes: data }],
    ),
  }
}
