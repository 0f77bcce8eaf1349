import type { ExperimentSummary } from '@goalpost/contracts'
import { Link } from '@tanstack/react-router'
import { RelativeTime } from '../design/relative-time.tsx'
import { StateMark } from '../design/state-mark.tsx'
import { TaskProgress } from '../design/task-progress.tsx'
import type { Choice } from './use-choice.ts'
import { VerdictChips } from './verdict-chips.tsx'

type Props = { readonly experiment: ExperimentSummary; readonly choice: Choice | null }

/** The cells of one experiment. */
export function ExperimentRow({ experiment, choice }: Props) {
  const { id, name, protocol, state, conditions, seeds, tasks, verdicts, labels, updatedAt, createdBy } = experiment
  return (
    <>
      <span role="cell" className="list-name">
        {choice !== null && (
          <input
            type="checkbox"
            aria-label={`Choose ${name}`}
            checked={choice.has(id)}
            onChange={() => choice.toggle(id)}
          />
        )}
        <Link to="/experiments/$id" params={{ id }}>
          {name}
        </Link>
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
      </span>
      <span role="cell">
        <StateMark state={state} {...(experiment.pausedAt === null ? {} : { word: 'paused' })} />
        {(state === 'running' || state === 'waiting') && <TaskProgress tasks={tasks} />}
      </span>
      <span role="cell">
        <VerdictChips verdicts={verdicts} />
      </span>
      <span role="cell" className="list-time">
        <RelativeTime at={updatedAt} />
      </span>
    </>
  )
}
