import type { WorkspaceEvents, WorkspaceStanding } from '@goalpost/experiments'
import { createSharedPoll, type SharedPoll } from './shared-poll.ts'

/** Resolves with the next standing of a workspace that is read, or with null if there is no such workspace. */
export type StandingPoll = SharedPoll<WorkspaceStanding>

export function createStandingPoll({ standings }: Pick<WorkspaceEvents, 'standings'>, pauseMs: number): StandingPoll {
  return createSharedPoll(
    async (ids) => new Map((await standings(ids)).map((standing) => [standing.workspaceId, standing])),
    pauseMs,
  )
}
