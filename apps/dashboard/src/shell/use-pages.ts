import { useInfiniteQuery } from '@tanstack/react-query'

type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null }
type Read<Item> = (query: { readonly limit: number; readonly cursor?: string }) => Promise<Page<Item>>
type Options = { readonly limit?: number; readonly enabled?: boolean; readonly refetchInterval?: number | false }

/** A list that is read page by page, all read pages together as `items`. */
export function usePages<Item>(queryKey: readonly unknown[], read: Read<Item>, options: Options = {}) {
  const { limit = 50, enabled = true, refetchInterval = false } = options
  const pages = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => read({ limit, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled,
    refetchInterval,
  })
  return { ...pages, items: pages.data?.pages.flatMap(({ items }) => items) }
}

export type Pages<Item> = ReturnType<typeof usePages<Item>>
