import type { Client } from '@goalpost/client'
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { fallbackPollMs } from '../live/use-connection.ts'
import { useSession } from '../session/session.ts'
import { queryOf, type ExperimentFilter } from './experiment-filter.ts'
import { useLiveList } from './use-live-list.ts'

/** More than fit on a screen, and few, as they are read before any is shown. */
const firstPageSize = 40
const pageSize = 100
/** Some changes send no event, such as a label that another user sets. */
const livePollMs = 30_000

const freshMs = 10_000

/** The list, page by page. */
export function experimentsQuery(client: Client, filter: ExperimentFilter) {
  return infiniteQueryOptions({
    queryKey: ['experiments', filter],
    queryFn: ({ pageParam }) =>
      client.experiments({
        ...queryOf(filter),
        ...(pageParam === null ? { limit: firstPageSize } : { limit: pageSize, cursor: pageParam }),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // On a slow machine a page takes seconds from its code to its rows, and read its list twice.
    staleTime: freshMs,
  })
}

/** The pages of the list read so far, and whether they are up to date. A hidden tab does not poll. */
export function useExperiments(filter: ExperimentFilter) {
  const { client } = useSession()
  const live = useLiveList()
  const pollMs = live.status === 'live' ? livePollMs : fallbackPollMs
  const query = useInfiniteQuery({
    ...experimentsQuery(client, filter),
    placeholderData: keepPreviousData,
    // Every read page is read again: with many, people are looking at the past.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) <= 3 ? pollMs : false),
  })
  const { data } = query
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])
  return { query, live, items }
}
