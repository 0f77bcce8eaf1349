import { noEngine, samplesMediaType, type TaskView } from '@goalpost/contracts'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import { lazyComponent } from '../design/lazy-component.tsx'
import { RelativeTime } from '../design/relative-time.tsx'
import { LiveMark } from '../live/live-mark.tsx'
import { pollStanding } from '../live/poll-standing.ts'
import type { Live } from '../live/use-connection.ts'
import { SamplesPanel } from '../samples/samples-panel.tsx'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { useTitle } from '../shell/use-title.ts'
import { LogView } from './log-view.tsx'
import { TaskStateMark } from './task-state-mark.tsx'
import { hasEnded } from './use-logs.ts'
import './runs.css'

const route = getRouteApi('/tasks/$id')
/** With the library of its charts. */
const TaskCurves = lazyComponent(async () => ({
  default: (await import('../curves/task-curves.tsx')).TaskCurves,
}))
const pollMs = 3_000

/** One task: state, attempts, why it waits or failed, and its log. */
export function TaskPage() {
  const { id } = route.useParams()
  const { client } = useSession()
  const task = useQuery({
    queryKey: ['task', id],
    queryFn: () => client.task(id),
    refetchInterval: ({ state: { data } }) => (data !== undefined && hasEnded(data.state) ? false : pollMs),
  })
  useTitle(task.data?.key ?? 'Task')
  // With a heading: a poll that fails again and again shows this in between.
  if (task.isPending) return <h1 className="note">Loading the task…</h1>
  if (task.data === undefined) return <ErrorPanel heading="h1" error={task.error} retry={() => void task.refetch()} />
  return (
    <article>
      <PanelBoundary>
        <TaskHeader task={task.data} live={pollStanding(task, hasEnded(task.data.state))} />
      </PanelBoundary>
      <PanelBoundary>
        <Attempts attempts={task.data.attemptHistory} />
      </PanelBoundary>
      <PanelBoundary>
        <Suspense fallback={null}>
          <TaskCurves task={task.data} isOpen={!hasEnded(task.data.state)} />
        </Suspense>
      </PanelBoundary>
      <PanelBoundary>
        <TaskSamples task={task.data} />
      </PanelBoundary>
      <PanelBoundary>
        <LogView task={task.data} />
      </PanelBoundary>
    </article>
  )
}

/** The samples among its files, if it has any. */
function TaskSamples({ task }: { readonly task: TaskView }) {
  const view = route.useSearch()
  const navigate = route.useNavigate()
  const file = task.result?.artifacts.find(({ mediaType }) => mediaType === samplesMediaType)
  if (file === undefined) return null
  return (
    <SamplesPanel
      hash={file.hash}
      view={view}
      onShow={(change) =>
        void navigate({ search: (shown) => ({ ...shown, ...change }), replace: true, resetScroll: false })
      }
    />
  )
}

/** What it is, how it stands, and why it waits or failed. */
function TaskHeader({ task, live }: { readonly task: TaskView; readonly live: Live }) {
  const { id, key, state, notices, failure, updatedAt, resources } = task
  const { run } = route.useSearch()
  return (
    <header>
      <p className="eyebrow">
        {run === undefined ? (
          'task'
        ) : (
          <Link to="/runs/$id" params={{ id: run }}>
            Back to the run
          </Link>
        )}{' '}
        · <code>{id}</code>
      </p>
      <div className="page-head">
        <h1>{key}</h1>
        <LiveMark live={live} />
      </div>
      <p className="facts">
        <TaskStateMark state={state} />
        <span className="soft">
          <RelativeTime at={updatedAt} /> · {resources.engine === noEngine ? 'without tensors' : resources.engine}, on{' '}
          {resources.device}
        </span>
      </p>
      {notices.map((notice) => (
        <p key={notice} className="notice">
          {notice}
        </p>
      ))}
      {failure !== null && (
        <p className="problem" role="alert">
          {failure.message}
        </p>
      )}
    </header>
  )
}

function Attempts({ attempts }: { readonly attempts: TaskView['attemptHistory'] }) {
  if (attempts.length === 0) return null
  return (
    <section aria-labelledby="attempts">
      <h2 id="attempts">Attempts</h2>
      <ol className="attempts">
        {attempts.map(({ epoch, worker, startedAt, outcome, failure }) => (
          <li key={epoch} value={epoch}>
            {outcome}, <RelativeTime at={startedAt} /> on <code>{worker}</code>
            {failure !== null && <span className="problem">: {failure.message}</span>}
          </li>
        ))}
      </ol>
    </section>
  )
}
