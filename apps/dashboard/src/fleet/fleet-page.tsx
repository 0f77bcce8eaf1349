import { useQuery } from '@tanstack/react-query'
import { LiveMark } from '../live/live-mark.tsx'
import { pollStanding } from '../live/poll-standing.ts'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { useTitle } from '../shell/use-title.ts'
import { EngineTable } from './engine-table.tsx'
import { HealthMark } from './health-mark.tsx'
import { OpenExperiments } from './open-experiments.tsx'
import { WorkerList } from './worker-list.tsx'
import './fleet.css'

const pollMs = 4_000

/** What computes, what waits, and for what. A hidden tab does not poll. */
export function FleetPage() {
  useTitle('Fleet')
  const { client } = useSession()
  const fleet = useQuery({ queryKey: ['fleet'], queryFn: () => client.workers(), refetchInterval: pollMs })
  return (
    <article>
      <header className="page-head">
        <h1>Fleet</h1>
        <LiveMark live={pollStanding(fleet)} />
      </header>
      <PanelBoundary>
        <HealthMark />
      </PanelBoundary>
      {fleet.isPending ? (
        <p className="panel">Loading…</p>
      ) : fleet.data === undefined ? (
        <ErrorPanel error={fleet.error} retry={() => void fleet.refetch()} />
      ) : (
        <>
          <PanelBoundary>
            <EngineTable fleet={fleet.data} />
          </PanelBoundary>
          <PanelBoundary>
            <WorkerList fleet={fleet.data} />
          </PanelBoundary>
        </>
      )}
      <PanelBoundary>
        <OpenExperiments />
      </PanelBoundary>
    </article>
  )
}
