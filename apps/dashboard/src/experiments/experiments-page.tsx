import type { ExperimentSort } from '@goalpost/contracts'
import { getRouteApi, Link } from '@tanstack/react-router'
import { LiveMark } from '../live/live-mark.tsx'
import { useMay } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { useTitle } from '../shell/use-title.ts'
import { BulkActions } from './bulk-actions.tsx'
import { ExperimentTable } from './experiment-table.tsx'
import { FilterBar } from './filter-bar.tsx'
import { SavedViews } from './saved-views.tsx'
import { useChoice } from './use-choice.ts'
import { useExperiments } from './use-experiments.ts'

const route = getRouteApi('/experiments')

export function ExperimentsPage() {
  useTitle('Experiments')
  const filter = route.useSearch()
  const navigate = route.useNavigate()
  const { pages, live, items } = useExperiments(filter)
  const maySubmit = useMay('submit')
  const mayManage = useMay('manage')
  const choice = useChoice(items)
  const setSort = (sort: ExperimentSort): void => {
    // The default order is left out of the address.
    const { sort: _former, ...rest } = filter
    void navigate({ search: sort === '-created' ? rest : { ...rest, sort }, replace: true })
  }
  // After a failure only when asked: the end of the list stays in view, and asks all the time.
  const mayLoadMore = pages.hasNextPage && !pages.isFetchingNextPage && pages.nextError === null
  const isFiltered = Object.keys(filter).some((name) => name !== 'sort')
  return (
    <>
      <header className="page-head">
        <h1>Experiments</h1>
        <LiveMark live={live} />
        {maySubmit && (
          <Link to="/submit" className="button-link">
            New experiment
          </Link>
        )}
      </header>
      <PanelBoundary>
        <FilterBar filter={filter} onChange={(next) => void navigate({ search: next, replace: true })} />
      </PanelBoundary>
      <PanelBoundary>
        <SavedViews filter={filter} onChange={(next) => void navigate({ search: next, replace: true })} />
      </PanelBoundary>
      {mayManage && (
        <PanelBoundary>
          <BulkActions choice={choice} />
        </PanelBoundary>
      )}
      {pages.isPending ? (
        <p className="panel">Loading…</p>
      ) : pages.isError && items.length === 0 ? (
        <ErrorPanel error={pages.error} retry={() => void pages.refetch()} />
      ) : items.length === 0 ? (
        <EmptyList isFiltered={isFiltered} maySubmit={maySubmit} />
      ) : (
        <PanelBoundary>
          <ExperimentTable
            experiments={items}
            choice={mayManage ? choice : null}
            sorting={{ sort: filter.sort ?? '-created', setSort }}
            loadMore={mayLoadMore ? pages.fetchNextPage : null}
            show={pages.show}
          />
        </PanelBoundary>
      )}
      {pages.nextError !== null && (
        <ErrorPanel error={pages.nextError} title="No more could be loaded" retry={() => pages.fetchNextPage()} />
      )}
    </>
  )
}

function EmptyList({ isFiltered, maySubmit }: { readonly isFiltered: boolean; readonly maySubmit: boolean }) {
  if (isFiltered)
    return (
      <section className="panel">
        <h2>No experiment matches</h2>
        <p>Remove a filter, or search for another word.</p>
      </section>
    )
  return (
    <section className="panel">
      <h2>No experiments yet</h2>
      {maySubmit && (
        <p>
          <Link to="/submit">Submit the first one here</Link>: the example <code>smoke</code> takes seconds.
        </p>
      )}
      <p>From a terminal:</p>
      <pre>
        <code>npx goalpost run examples/smoke.yaml</code>
      </pre>
    </section>
  )
}
