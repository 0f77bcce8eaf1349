import { setTimeout as sleep } from 'node:timers/promises'
import type { WorkspaceEvents, WorkspaceStanding } from '@goalpost/experiments'

/** Resolves with the next standing that is read, or with null if there is no such workspace. */
export type StandingPoll = (workspaceId: string) => Promise<WorkspaceStanding | null>

type Waiting = PromiseWithResolvers<WorkspaceStanding | null>

/**
 * Runs one statement per `pauseMs` for all watchers of all workspaces, and none without watchers. A caller that asks
 * during a statement gets the next one, so no answer is older than its question.
 */
export function createStandingPoll({ standings }: Pick<WorkspaceEvents, 'standings'>, pauseMs: number): StandingPoll {
  let waiting = new Map<string, Waiting>()
  let isPolling = false
  const poll = async (): Promise<void> => {
    isPolling = true
    while (waiting.size > 0) {
      await sleep(pauseMs)
      const asked = waiting
      waiting = new Map()
      await answer(asked, standings)
    }
    isPolling = false
  }
  return (workspaceId) => {
    const own = waiting.get(workspaceId) ?? Promise.withResolvers<WorkspaceStanding | null>()
    waiting.set(workspaceId, own)
    if (!isPolling) void poll()
    return own.promise
  }
}

async function answer(asked: ReadonlyMap<string, Waiting>, standings: WorkspaceEvents['standings']): Promise<void> {
  try {
    const found = new Map((await standings([...asked.keys()])).map((standing) => [standing.workspaceId, standing]))
    for (const [workspaceId, { resolve }] of asked) resolve(found.get(workspaceId) ?? null)
  } catch (error) {
    for (const { reject } of asked.values()) reject(error)
  }
}
