import { leagueSearches, type Client } from '@goalpost/client'
import { GoalpostError } from '@goalpost/contracts'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { armText } from '../compare/comparison-arms.ts'
import { ReportMarkup } from '../report/report-markup.tsx'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { useTitle } from '../shell/use-title.ts'
import { AddSearch } from './add-search.tsx'
import type { LeagueView } from './league-view.ts'
import { NextMethod } from './next-method.tsx'
import { SearchChips } from './search-chips.tsx'

const route = getRouteApi('/league')

/** Training methods compared over several searches. The address holds the searches, so a link shows the same table. */
export function LeaguePage() {
  useTitle('League table')
  const view = route.useSearch()
  const navigate = route.useNavigate()
  const show = (next: LeagueView): void => void navigate({ search: next, replace: true })
  const league = useLeague(view.searches)
  const { data } = league
  // A refused table has no names; its searches can be removed all the same.
  const searches = data?.experiments ?? (view.searches ?? []).map((id) => ({ id, name: id.slice(0, 13) }))
  const isEmpty = (view.searches ?? []).length === 0 && isNotFound(league.error)
  const ids = searches.map(({ id }) => id)
  return (
    <article>
      <h1>League table of training methods</h1>
      <p>
        Searches with the same methods as conditions, put together: which method keeps an agent from learning the wrong
        goal, from which share of distinguishing levels on, and at what cost.
      </p>
      <PanelBoundary>
        <AddSearch onAdd={(id) => show({ ...view, searches: [...new Set([...ids, id])] })} />
      </PanelBoundary>
      <PanelBoundary>
        <SearchChips
          searches={searches}
          onRemove={(id) => show({ ...view, searches: ids.filter((each) => each !== id) })}
        />
      </PanelBoundary>
      {league.isPending ? (
        <p className="panel">Putting the searches together…</p>
      ) : isEmpty ? (
        <NoLeague />
      ) : data === undefined ? (
        <ErrorPanel error={league.error} retry={() => void league.refetch()} />
      ) : (
        <PanelBoundary>
          <NextMethod
            league={ids}
            condition={view.condition}
            onChoose={(arm) => show({ ...view, condition: armText(arm) })}
          />
        </PanelBoundary>
      )}
      {data !== undefined && (
        <PanelBoundary>
          <ReportMarkup report={data.report} status="final" />
        </PanelBoundary>
      )}
    </article>
  )
}

function NoLeague() {
  return (
    <section className="panel">
      <h2>No league yet</h2>
      <p>
        Searches with the label <code>league</code> form one: run <code>npx goalpost league</code> on their specs, or
        add experiments above.
      </p>
    </section>
  )
}

const isNotFound = (error: unknown): boolean => error instanceof GoalpostError && error.code === 'not-found'

function useLeague(searches: LeagueView['searches']) {
  const { client } = useSession()
  return useQuery({ queryKey: ['league', searches ?? null], queryFn: () => readLeague(client, searches) })
}

/** Without searches, also after the last one was removed: those of the league. */
async function readLeague(client: Client, searches: LeagueView['searches'] = []) {
  return client.league({ experiments: searches.length > 0 ? [...searches] : await leagueSearches(client) })
}
