import type { ExperimentSummary } from '@goalpost/contracts'

/** Whether an experiment has not ended. */
export function isOpen({ state }: Pick<ExperimentSummary, 'state'>): boolean {
  return state === 'running' || state === 'waiting'
}
