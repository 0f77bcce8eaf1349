import type { ExperimentVersion, ExperimentViews } from '@goalpost/experiments'
import { createSharedPoll } from './shared-poll.ts'

/** Resolves with the next version of an experiment that is read, or with null if there is none. */
export type VersionPoll = (workspaceId: string, id: string) => Promise<ExperimentVersion | null>

export function createVersionPoll({ versions }: Pick<ExperimentViews, 'versions'>, pauseMs: number): VersionPoll {
  const poll = createSharedPoll(async (keys) => {
    const asked = Map.groupBy(keys.map(split), ([workspaceId]) => workspaceId)
    const found = [...asked].map(async ([workspaceId, of]) => {
      const read = await versions(
        workspaceId,
        of.map(([, id]) => id),
      )
      return [...read].map(([id, version]) => [join(workspaceId, id), version] as const)
    })
    return new Map((await Promise.all(found)).flat())
  }, pauseMs)
  // Ids are read in any case, and answered in lower case.
  return (workspaceId, id) => poll(join(workspaceId, id.toLowerCase()))
}

const join = (workspaceId: string, id: string): string => `${workspaceId} ${id}`

function split(key: string): readonly [workspaceId: string, id: string] {
  const [workspaceId = '', id = ''] = key.split(' ')
  return [workspaceId, id]
}
