import type { ExperimentSummary } from '@goalpost/contracts'
import { isOpen } from './is-open.ts'
import { StateMark } from './state-mark.tsx'

type Props = { readonly experiment: Pick<ExperimentSummary, 'state' | 'pausedAt'> }

/** An experiment's state in words. While it is paused, that is why it waits. */
export function ExperimentStateMark({ experiment }: Props) {
  const isPaused = experiment.pausedAt !== null && isOpen(experiment)
  return <StateMark state={experiment.state} {...(isPaused ? { word: 'paused' } : {})} />
}
