import type { RunView } from '@goalpost/contracts'
import { Link } from '@tanstack/react-router'
import { PausedMark } from '../design/experiment-state-mark.tsx'
import { isOpen } from '../design/is-open.ts'
import { StateMark } from '../design/state-mark.tsx'
import { ToneIcon } from '../design/tone-icon.tsx'
import type { SeedClass } from './seed-classes.ts'

type Props = {
  readonly run: RunView | undefined
  readonly seedClass: SeedClass | undefined
  /** Whether the experiment is. */
  readonly isPaused: boolean
}

/** One run: its seed's verdict, or its state and how far it is. It opens the run's tasks. */
export function RunCell({ run, seedClass, isPaused }: Props) {
  if (run === undefined) return '–'
  const { id, state, progress, condition, seed } = run
  const share = progress === null || progress.total === 0 ? null : Math.floor((100 * progress.done) / progress.total)
  const waits = isPaused && isOpen(run)
  const done = state === 'running' && share !== null ? `${share} %` : ''
  return (
    <Link
      to="/runs/$id"
      params={{ id }}
      className="run-cell"
      aria-label={`${condition}, seed ${seed}: ${seedClass?.name ?? (waits ? 'paused' : state)} ${done}`.trim()}
    >
      {seedClass === undefined ? (
        <RunState state={state} waits={waits} />
      ) : (
        <span className={`state tone-${seedClass.tone}`}>
          <ToneIcon tone={seedClass.tone} />
          {seedClass.name}
        </span>
      )}
      {done !== '' && <small> {done}</small>}
    </Link>
  )
}

function RunState({ state, waits }: Pick<RunView, 'state'> & { readonly waits: boolean }) {
  return waits ? <PausedMark /> : <StateMark state={state} />
}
