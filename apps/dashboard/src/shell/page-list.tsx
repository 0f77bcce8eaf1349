import type { ReactNode } from 'react'
import { ErrorPanel } from './error-panel.tsx'
import { PanelBoundary } from './panel-boundary.tsx'
import type { Pages } from './use-pages.ts'

type Props<Item> = {
  readonly pages: Pages<Item>
  /** In place of an empty list. */
  readonly empty: ReactNode
  readonly children: (items: readonly Item[]) => ReactNode
}

/** A list that is read page by page: while it loads, if it fails, if it is empty, and with a button for more. */
export function PageList<Item>({ pages, empty, children }: Props<Item>) {
  const { items, error, isPending, refetch, hasNextPage, isFetchingNextPage, nextError, fetchNextPage } = pages
  if (isPending) return <p className="note">Loading…</p>
  if (items === undefined) return <ErrorPanel error={error} retry={() => void refetch()} />
  if (items.length === 0) return empty
  return (
    <>
      <PanelBoundary>
        <Items items={items}>{children}</Items>
      </PanelBoundary>
      {nextError !== null && <ErrorPanel error={nextError} title="No more could be loaded" />}
      {hasNextPage && (
        <button type="button" disabled={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {isFetchingNextPage ? 'Loading…' : 'Show more'}
        </button>
      )}
    </>
  )
}

type ItemsProps<Item> = Pick<Props<Item>, 'children'> & { readonly items: readonly Item[] }

/** A component, so that the boundary around it catches what its function throws. */
function Items<Item>({ items, children }: ItemsProps<Item>) {
  return children(items)
}
