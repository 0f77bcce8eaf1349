import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef } from 'react'
import { shouldRetry } from './explain-error.ts'
import { isBehind, nextCursorOf, readAgain, readMore, type PageSource, type ReadPages } from './read-pages.ts'

type Options = {
  readonly enabled?: boolean
  readonly refetchInterval?: number | false
  readonly staleTime?: number
  /** Whether another list stays until this one has been read. */
  readonly keepsPrevious?: boolean
}

/** The pages of a list. Each time that it is read again, it is only around the row that is in view. */
export function pagesQuery<Item>(queryKey: readonly unknown[], source: PageSource<Item>, shownRow = () => 0) {
  return queryOptions({
    queryKey,
    queryFn: ({ client }) => readAgain(source, () => client.getQueryData<ReadPages<Item>>(queryKey), shownRow()),
  })
}

/** A list that is read page by page, all read pages together as `items`. */
export function usePages<Item>(queryKey: readonly unknown[], source: PageSource<Item>, options: Options = {}) {
  const { keepsPrevious = false, ...timing } = options
  const queries = useQueryClient()
  const shownRow = useRef(0)
  const query = useQuery({
    ...pagesQuery(queryKey, source, () => shownRow.current),
    ...timing,
    ...(keepsPrevious ? { placeholderData: keepPreviousData } : {}),
  })
  const { data, error, isPending, isFetching, isError, refetch } = query
  const more = useMutation({
    // A failure is that of this list only.
    mutationKey: queryKey,
    mutationFn: () => readMore(source, () => queries.getQueryData<ReadPages<Item>>(queryKey)),
    onSuccess: (list) => queries.setQueryData(queryKey, list),
    retry: shouldRetry,
  })
  const items = useMemo(() => data?.pages.flatMap((page) => page.items), [data])
  /** These rows are in view: where they are out of date, they are read again. */
  const show = useCallback(
    (first: number, last: number): void => {
      shownRow.current = first
      // Where that fails, it is tried again when the list is polled.
      if (data !== undefined && !isFetching && !isError && isBehind(data, first, last)) void refetch()
    },
    [data, isFetching, isError, refetch],
  )
  // Not all of the query: a page is drawn again when something changes that it has asked for.
  const asked = { items, error, isPending, isError, refetch, show }
  const hasNextPage = nextCursorOf(data) !== null
  return {
    ...asked,
    hasNextPage,
    isFetchingNextPage: more.isPending,
    nextError: more.error,
    fetchNextPage: more.mutate,
  }
}

export type Pages<Item> = ReturnType<typeof usePages<Item>>
