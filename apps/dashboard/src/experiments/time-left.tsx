import type { ExperimentSummary } from '@goalpost/contracts'
import { roughDuration } from '../design/format-time.ts'

/** How long a running experiment takes from now on, as the list has it: no row asks for more. */
export function TimeLeft({ state, secondsLeft }: Pick<ExperimentSummary, 'state' | 'secondsLeft'>) {
  if (state !== 'running' || typeof secondsLeft !== 'number') return null
  return <small className="time-left">{roughDuration(secondsLeft)} left</small>
}
