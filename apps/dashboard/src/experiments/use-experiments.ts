import type { Client } from '@goalpost/client'
import type { ExperimentSummary } from '@goalpost/contracts'
import { fallbackPollMs } from '../live/use-connection.ts'
import { useSession } from '../session/session.ts'
import type { PageSource } from '../shell/read-pages.ts'
import { pagesQuery, usePages } from '../shell/use-pages.ts'
import { queryOf, type ExperimentFilter } from './experiment-filter.ts'
import { useLiveList } from './use-live-list.ts'

/** More than fit on a screen, and few, as they are read before any is shown. */
const firstPageSize = 40
const pageSize = 100
/** Some changes send no event, such as a label that another user sets. */
const livePollMs = 30_000

/** On a slow machine a page takes seconds from its code to its rows, and read its list twice. */
const freshMs = 10_000

const queryKey = (filter: ExperimentFilter) => ['experiments', filter]

function sourceOf(client: Client, filter: ExperimentFilter): PageSource<ExperimentSummary> {
  return {
    read: (cursor) =>
      client.experiments({
        ...queryOf(filter),
        ...(cursor === null ? { limit: firstPageSize } : { limit: pageSize, cursor }),
      }),
    keyOf: ({ id }) => id,
  }
}

/** The beginning of the list, to be read before its page is there. */
export function experimentsQuery(client: Client, filter: ExperimentFilter) {
  return { ...pagesQuery(queryKey(filter), sourceOf(client, filter)), staleTime: freshMs }
}

/** The pages of the list read so far, and whether they are up to date. A hidden tab does not poll. */
export function useExperiments(filter: ExperimentFilter) {
  const { client } = useSession()
  const live = useLiveList()
  const pages = usePages(queryKey(filter), sourceOf(client, filter), {
    staleTime: freshMs,
    keepsPrevious: true,
    refetchInterval: live.status === 'live' ? livePollMs : fallbackPollMs,
  })
  return { pages, live, items: pages.items ?? noItems }
}

const noItems: readonly ExperimentSummary[] = []
