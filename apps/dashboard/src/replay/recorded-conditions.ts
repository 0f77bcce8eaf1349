import type { ExperimentView } from '@goalpost/contracts'

/** Whether the evaluations of a condition keep episodes: not where its spec says that none are recorded. */
export function keepsEpisodes(resolved: Pick<ExperimentView['resolved'], 'conditions'>, name: string): boolean {
  const evaluation = resolved.conditions.find((condition) => condition.name === name)?.options['evaluation']
  const isKnown = typeof evaluation === 'object' && evaluation !== null && 'recorded' in evaluation
  return !isKnown || evaluation.recorded !== 0
}
