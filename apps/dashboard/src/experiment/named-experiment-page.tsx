import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, Navigate } from '@tanstack/react-router'
import { GoalpostError } from '@goalpost/contracts'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { useTitle } from '../shell/use-title.ts'

const route = getRouteApi('/experiments/by-name/$name')

/** Leads to the newest experiment of a name. */
export function NamedExperimentPage() {
  const { name } = route.useParams()
  const { client } = useSession()
  useTitle(name)
  const queryFn = () => client.experimentByName(name)
  const found = useQuery({ queryKey: ['experiment-named', name], queryFn, staleTime: 0 })
  // Not what an earlier visit found: there may be a newer one since.
  if (found.data !== undefined && found.isFetchedAfterMount)
    return <Navigate to="/experiments/$id" params={{ id: found.data.id }} replace />
  if (found.error === null) return <h1 className="note">Loading…</h1>
  const isMissing = found.error instanceof GoalpostError && found.error.code === 'not-found'
  if (!isMissing) return <ErrorPanel heading="h1" error={found.error} retry={() => void found.refetch()} />
  return (
    <section className="panel">
      <h1>No experiment is called {name}</h1>
      <p>
        <Link to="/experiments" search={{ search: name, archived: 'include' }}>
          Search for it
        </Link>{' '}
        in names, labels, notes and ids.
      </p>
    </section>
  )
}
