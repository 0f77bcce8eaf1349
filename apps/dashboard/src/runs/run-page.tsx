import type { RunView } from '@goalpost/contracts'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { StateMark } from '../design/state-mark.tsx'
import { LiveMark } from '../live/live-mark.tsx'
import { pollStanding } from '../live/poll-standing.ts'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { useTitle } from '../shell/use-title.ts'
import { TaskStateMark } from './task-state-mark.tsx'
import './runs.css'

const route = getRouteApi('/runs/$id')
const pollMs = 3_000

const isOpen = (state: RunView['state']): boolean => state === 'running' || state === 'waiting'

/** One condition with one seed: its tasks, in order. */
export function RunPage() {
  const { id } = route.useParams()
  const { client } = useSession()
  const run = useQuery({
    queryKey: ['run', id],
    queryFn: () => client.run(id),
    refetchInterval: ({ state: { data } }) => (data !== undefined && isOpen(data.state) ? pollMs : false),
  })
  useTitle(run.data === undefined ? 'Run' : `${run.data.condition}, seed ${run.data.seed}`)
  if (run.isPending) return <h1 className="note">Loading…</h1>
  if (run.data === undefined) return <ErrorPanel heading="h1" error={run.error} retry={() => void run.refetch()} />
  const { condition, seed, state, experimentId, resultHash } = run.data
  return (
    <article>
      <p className="eyebrow">
        <Link to="/experiments/$id" params={{ id: experimentId }}>
          Back to the experiment
        </Link>
      </p>
      <header className="page-head">
        <h1>
          {condition}, seed {seed}
        </h1>
        <LiveMark live={pollStanding(run, !isOpen(state))} />
      </header>
      <p className="facts">
        <StateMark state={state} />
        {resultHash !== null && (
          <span className="soft">
            result <code title={resultHash}>{resultHash.slice(0, 12)}</code>
          </span>
        )}
      </p>
      <PanelBoundary>
        <TaskTable tasks={run.data.tasks} run={id} />
      </PanelBoundary>
    </article>
  )
}

function TaskTable({ tasks, run }: Pick<RunView, 'tasks'> & { readonly run: string }) {
  return (
    <div className="wide" tabIndex={0} role="region" aria-label="Tasks">
      <table className="tasks">
        <thead>
          <tr>
            <th scope="col">task</th>
            <th scope="col">state</th>
            <th scope="col" className="number">
              progress
            </th>
            <th scope="col" className="number">
              attempts
            </th>
          </tr>
        </thead>
        <tbody>
          {tasks.map(({ id, key, state, attempts, reused, progress }) => (
            <tr key={id}>
              <th scope="row">
                <Link to="/tasks/$id" params={{ id }} search={{ run }}>
                  {key}
                </Link>
              </th>
              <td>
                <TaskStateMark state={state} />
                {reused && <small> reused</small>}
              </td>
              <td className="number">
                {progress === null
                  ? '–'
                  : `${progress.done.toLocaleString('en')} of ${progress.total.toLocaleString('en')} ${progress.unit}`}
              </td>
              <td className="number">{attempts}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
