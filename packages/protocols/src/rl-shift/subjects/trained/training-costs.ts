import type { RunEvidence } from '@goalpost/experiments'
import { isKnown } from '@goalpost/statistics'

/** Environment steps of one training. */
type TrainingCosts = {
  /** Learned from by all policies of the method together. */
  readonly learned: number
  /** Also those that nothing was learned from. */
  readonly played: number
}

/** As the methods call them in learning, which reports do not load. */
const measures = { learned: 'environment steps learned from by all', played: 'environment steps played' } as const

/**
 * What the training of a run cost; null until it has ended. Methods measure what differs from `steps`, the steps that the
 * evaluated policy learned from.
 */
export function costsOf({ tasks }: RunEvidence, steps: number): TrainingCosts | null {
  const result = tasks.find(({ key }) => key === 'train')?.result ?? null
  if (result === null) return null
  const read = (wanted: string): number | null => {
    const value = result.measures.find(({ name }) => name === wanted)?.value
    return value !== undefined && isKnown(value) ? value : null
  }
  const learned = read(measures.learned) ?? steps
  return { learned, played: read(measures.played) ?? learned }
}
