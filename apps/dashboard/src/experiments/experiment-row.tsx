import type { ExperimentSummary } from '@goalpost/contracts'
import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { ExperimentStateMark } from '../design/experiment-state-mark.tsx'
import { isOpen } from '../design/is-open.ts'
import { RelativeTime } from '../design/relative-time.tsx'
import { TaskProgress } from '../design/task-progress.tsx'
import { TimeLeft } from './time-left.tsx'
import { VerdictChips } from './verdict-chips.tsx'

type Props = {
  readonly experiment: ExperimentSummary
  readonly isChosen: boolean
  /** Null if the key may change nothing. */
  readonly toggle: ((id: string) => void) | null
}

/** The cells of one experiment. While the list is scrolled, only rows that come into view are drawn. */
export const ExperimentRow = memo(function ExperimentRow({ experiment, isChosen, toggle }: Props) {
  const { id, name, state, tasks, secondsLeft, verdicts, createdAt, updatedAt } = experiment
  return (
    <>
      <span role="cell" className="list-name">
        {toggle !== null && (
          <input type="checkbox" aria-label={`Choose ${name}`} checked={isChosen} onChange={() => toggle(id)} />
        )}
        <Link to="/experiments/$id" params={{ id }}>
          {name}
        </Link>
        <RowDetails experiment={experiment} />
      </span>
      <span role="cell">
        <ExperimentStateMark experiment={experiment} />
        {isOpen(experiment) && <TaskProgress tasks={tasks} />}
        <TimeLeft state={state} secondsLeft={secondsLeft} />
      </span>
      <span role="cell">
        <VerdictChips verdicts={verdicts} />
      </span>
      <span role="cell" className="list-time">
        <RelativeTime at={createdAt} />
        {isOpen(experiment) && (
          <small>
            changed <RelativeTime at={updatedAt} />
          </small>
        )}
      </span>
    </>
  )
})

/** What it consists of, who submitted it and its labels; the latter two filter the list. */
function RowDetails({ experiment: { protocol, conditions, seeds, createdBy, labels } }: Pick<Props, 'experiment'>) {
  return (
    <small>
      {protocol} · {conditions} {conditions === 1 ? 'condition' : 'conditions'} × {seeds}{' '}
      {seeds === 1 ? 'seed' : 'seeds'}
      {createdBy !== null && (
        <>
          {' · '}
          <Link to="/experiments" search={{ owner: createdBy }} title={`Everything that ${createdBy} submitted`}>
            {createdBy}
          </Link>
        </>
      )}
      {Object.entries(labels).map(([key, value]) => (
        <Link key={key} to="/experiments" search={{ label: `${key}=${value}` }} className="label">
          {key}={value}
        </Link>
      ))}
    </small>
  )
}
