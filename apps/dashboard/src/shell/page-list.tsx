import type { ReactNode } from 'react'
import { ErrorPanel } from './error-panel.tsx'
import type { Pages } from './use-pages.ts'

type Props<Item> = {
  readonly pages: Pages<Item>
  /** In place of an empty list. */
  readonly empty: ReactNode
  readonly children: (items: readonly Item[]) => ReactNode
}

/** A list that is read page by page: while it loads, if it fails, if it is empty, and with a button for more. */
export function PageList<Item>({ pages, empty, children }: Props<Item>) {
  const { items, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = pages
  if (isPending) return <p className="note">Loading…</p>
  if (items === undefined) return <ErrorPanel error={error} retry={() => void refetch()} />
  if (items.length === 0) return empty
  return (
    <>
      {children(items)}
      {hasNextPage && (
        <button type="button" disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {isFetchingNextPage ? 'Loading…' : 'Show more'}
        </button>
      )}
    </>
  )
}
