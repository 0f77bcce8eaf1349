import type { ExperimentVersion, ExperimentViews } from '@goalpost/experiments'
import { createSharedPoll, type SharedPoll } from './shared-poll.ts'

/** Resolves with the next version of an experiment that is read, or with null if it has been deleted. */
export type VersionPoll = SharedPoll<ExperimentVersion>

export function createVersionPoll({ versions }: Pick<ExperimentViews, 'versions'>, pauseMs: number): VersionPoll {
  return createSharedPoll(versions, pauseMs)
}
