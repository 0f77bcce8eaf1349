import type { ExperimentView } from '@goalpost/contracts'
import { Link } from '@tanstack/react-router'
import { roughDuration } from '../design/format-time.ts'
import { isOpen } from '../design/is-open.ts'
import { RelativeTime } from '../design/relative-time.tsx'
import { ExperimentStateMark } from '../design/experiment-state-mark.tsx'
import { TaskProgress } from '../design/task-progress.tsx'
import { useMay } from '../session/session.ts'
import { LiveMark } from '../live/live-mark.tsx'
import type { Live } from '../live/use-connection.ts'
import { Annotations } from './annotations.tsx'
import { SearchProgress } from './search-progress.tsx'
import { ExperimentActions } from './experiment-actions.tsx'

type Props = { readonly experiment: ExperimentView; readonly live: Live }

export function ExperimentHeader({ experiment, live }: Props) {
  const { name, protocol, createdAt, tasks, pausedAt, secondsLeft, notices, stopReason, id, resolved } = experiment
  const isUnderWay = isOpen(experiment)
  const mayClone = useMay('submit')
  return (
    <header className="experiment-header">
      <p className="eyebrow">
        {protocol} · <RelativeTime at={createdAt} /> · <code>{id}</code>
      </p>
      <h1>{name}</h1>
      {resolved.description !== undefined && <p>{resolved.description}</p>}
      <div className="facts">
        <ExperimentStateMark experiment={experiment} />
        {isUnderWay && <TaskProgress tasks={tasks} />}
        {resolved.search !== undefined && <SearchProgress search={resolved.search} />}
        {isUnderWay && pausedAt === null && typeof secondsLeft === 'number' && (
          <span>{roughDuration(secondsLeft)} left</span>
        )}
        <LiveMark live={live} />
        <Link to="/compare" search={{ arms: [id] }}>
          Compare
        </Link>
        <a href={`/v1/experiments/${id}/report.html`} target="_blank" rel="noreferrer">
          Report as one page
        </a>
        {mayClone && (
          <Link to="/submit" search={{ from: id }}>
            Clone
          </Link>
        )}
        <ExperimentActions experiment={experiment} />
      </div>
      <Annotations experiment={experiment} />
      {stopReason !== null && <p className="notice">Stopped: {stopReason}</p>}
      {notices.map((notice) => (
        <p key={notice} className="notice">
          {notice}
        </p>
      ))}
    </header>
  )
}
