import { GoalpostError, type WorkerAnnouncement } from '@goalpost/contracts'
import type { DetectedEngines } from './detect-engines.ts'

export type Queues = WorkerAnnouncement['queues']

/**
 * The configured queues that a worker can serve: the GPU queue only if it has an engine for it.
 * @throws GoalpostError `engine-unavailable` if none is left, with the reason for every engine.
 */
export function chooseQueues(wanted: Queues, { usable, missing }: DetectedEngines): Queues {
  const hasGpu = usable.some(({ device }) => device === 'gpu')
  const served = wanted.filter(({ device }) => device === 'cpu' || hasGpu)
  if (served.length > 0) return served
  const reasons = missing.filter(({ device }) => device === 'gpu').map(({ missing: why }) => why)
  throw new GoalpostError(
    'engine-unavailable',
    `GOALPOST_QUEUES names only gpu, but no engine here runs on a GPU. ${reasons.join('. ')}`,
  )
}
