import type { ExperimentView } from '@goalpost/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { roughDuration } from '../design/format-time.ts'
import { RelativeTime } from '../design/relative-time.tsx'
import { ExperimentStateMark } from '../design/experiment-state-mark.tsx'
import { TaskProgress } from '../design/task-progress.tsx'
import { useMay, useSession } from '../session/session.ts'
import { explainError } from '../shell/explain-error.ts'
import { LiveMark } from '../live/live-mark.tsx'
import type { Live } from '../live/use-connection.ts'

type Props = { readonly experiment: ExperimentView; readonly live: Live }

export function ExperimentHeader({ experiment, live }: Props) {
  const { name, state, protocol, createdAt, tasks, secondsLeft, notices, id, resolved } = experiment
  const isOpen = state === 'running' || state === 'waiting'
  const mayClone = useMay('submit')
  return (
    <header className="experiment-header">
      <p className="eyebrow">
        {protocol} · <RelativeTime at={createdAt} /> · <code>{id}</code>
      </p>
      <h1>{name}</h1>
      {resolved.description !== undefined && <p>{resolved.description}</p>}
      <p className="facts">
        <ExperimentStateMark experiment={experiment} />
        {isOpen && <TaskProgress tasks={tasks} />}
        {isOpen && typeof secondsLeft === 'number' && <span>{roughDuration(secondsLeft)} left</span>}
        <LiveMark live={live} />
        <ExperimentActions experiment={experiment} />
        <Link to="/compare" search={{ arms: [id] }}>
          Compare
        </Link>
        {mayClone && (
          <Link to="/submit" search={{ from: id }}>
            Clone
          </Link>
        )}
      </p>
      {notices.map((notice) => (
        <p key={notice} className="notice">
          {notice}
        </p>
      ))}
    </header>
  )
}

/** Only what this state allows and this key may do. */
function ExperimentActions({ experiment: { id, state } }: Pick<Props, 'experiment'>) {
  const { client } = useSession()
  const queries = useQueryClient()
  const may = useMay('manage')
  const change = useMutation({
    mutationFn: (action: 'cancel' | 'retry') => client[action](id),
    onSuccess: (view) => queries.setQueryData(['experiment', id], view),
  })
  if (!may || state === 'succeeded') return null
  const action = state === 'running' || state === 'waiting' ? 'cancel' : 'retry'
  return (
    <>
      <button type="button" disabled={change.isPending} onClick={() => change.mutate(action)}>
        {action === 'cancel' ? 'Cancel' : 'Retry failed tasks'}
      </button>
      {change.isError && (
        <span role="alert" className="problem">
          {explainError(change.error)}
        </span>
      )}
    </>
  )
}
