import type { ExperimentSummary } from '@goalpost/contracts'
import { isOpen } from './is-open.ts'
import { StateMark } from './state-mark.tsx'

type Standing = Pick<ExperimentSummary, 'state' | 'pausedAt'>

/** An experiment's state in words. While it is paused, that is why it waits. */
export function ExperimentStateMark({ experiment }: { readonly experiment: Standing }) {
  return isPaused(experiment) ? <PausedMark /> : <StateMark state={experiment.state} />
}

export const isPaused = (experiment: Standing): boolean => experiment.pausedAt !== null && isOpen(experiment)

/** Of a paused experiment, or of what is open in one. */
export function PausedMark() {
  return (
    <span className="state state-waiting">
      <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
        <path d="M5.5 3.5v9M10.5 3.5v9" />
      </svg>
      paused
    </span>
  )
}
