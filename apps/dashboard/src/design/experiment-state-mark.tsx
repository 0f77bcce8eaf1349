import type { ExperimentSummary } from '@goalpost/contracts'
import { StateMark } from './state-mark.tsx'

type Props = { readonly experiment: Pick<ExperimentSummary, 'state' | 'pausedAt'> }

/** An experiment's state in words; a pause counts for more than what its tasks wait for. */
export function ExperimentStateMark({ experiment: { state, pausedAt } }: Props) {
  return <StateMark state={state} {...(pausedAt === null ? {} : { word: 'paused' })} />
}
