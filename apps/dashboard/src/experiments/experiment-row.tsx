import type { ExperimentSummary } from '@goalpost/contracts'
import { useRouter } from '@tanstack/react-router'
import { memo } from 'react'
import { ExperimentStateMark } from '../design/experiment-state-mark.tsx'
import { isOpen } from '../design/is-open.ts'
import { RowLink } from '../design/row-link.tsx'
import { RelativeTime } from '../design/relative-time.tsx'
import { TaskProgress } from '../design/task-progress.tsx'
import { listHref } from './list-href.ts'
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
  const router = useRouter()
  return (
    <>
      <span role="cell" className="list-name">
        {toggle !== null && (
          <input type="checkbox" aria-label={`Choose ${name}`} checked={isChosen} onChange={() => toggle(id)} />
        )}
        <RowLink href={`/experiments/${id}`} onIntent={() => void router.preloadRoute(pageOf(id))}>
          {name}
        </RowLink>
        <RowDetails experiment={experiment} />
      </span>
      <span role="cell">
        <ExperimentStateMark experiment={experiment} />
      </span>
      <span role="cell">
        {isOpen(experiment) ? <TaskProgress tasks={tasks} /> : <TasksDone tasks={tasks} />}
        <TimeLeft state={state} secondsLeft={secondsLeft} />
      </span>
      <span role="cell">
        <VerdictChips verdicts={verdicts} state={state} />
      </span>
      <span role="cell" className="list-time">
        <span className="narrow-only">created </span>
        <RelativeTime at={createdAt} />
      </span>
      <span role="cell" className="list-time">
        <span className="narrow-only">changed </span>
        <RelativeTime at={updatedAt} />
      </span>
    </>
  )
})

const pageOf = (id: string) => ({ to: '/experiments/$id', params: { id } }) as const

/** Of an experiment that has ended: no bar, as most rows of a long list are such. */
function TasksDone({ tasks }: Pick<ExperimentSummary, 'tasks'>) {
  const total = Object.values(tasks).reduce((sum, count) => sum + count, 0)
  const done = tasks.succeeded ?? 0
  return <small>{done === total ? `${total} tasks` : `${done} of ${total} tasks`}</small>
}

/** What it consists of, who submitted it and its labels; the latter two filter the list. */
function RowDetails({ experiment: { protocol, conditions, seeds, createdBy, labels } }: Pick<Props, 'experiment'>) {
  return (
    <small>
      {protocol} · {conditions} {conditions === 1 ? 'condition' : 'conditions'} × {seeds}{' '}
      {seeds === 1 ? 'seed' : 'seeds'}
      {createdBy !== null && (
        <>
          {' '}
          ·&nbsp;
          <RowLink href={listHref({ owner: createdBy })} title={`Everything that ${createdBy} submitted`}>
            {createdBy}
          </RowLink>
        </>
      )}
      {Object.entries(labels).map(([key, value]) => (
        <RowLink key={key} href={listHref({ label: `${key}=${value}` })} className="label">
          {key}={value}
        </RowLink>
      ))}
    </small>
  )
}
