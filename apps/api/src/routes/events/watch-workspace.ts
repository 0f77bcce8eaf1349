import { experimentProgressType, type WorkspaceEvent } from '@goalpost/contracts'
import type { WorkspaceEvents, WorkspaceStanding } from '@goalpost/experiments'
import type { ApiSettings } from '../../dependencies.ts'
import type { SharedRead } from './shared-read.ts'
import { formatEvent, heartbeat, retryAfter } from './sse.ts'
import { createStandingChanges } from './standing-changes.ts'
import type { StandingPoll } from './standing-poll.ts'

const batch = 500

export type WorkspaceWatch = {
  readonly workspaceId: string
  /** The id of the last event received; undefined for new events only. */
  readonly after: number | undefined
  readonly filters: readonly string[]
  /** Whether it goes on after what has happened so far. */
  readonly follow: boolean
  readonly signal: AbortSignal
}

type Watched = {
  readonly events: Pick<WorkspaceEvents, 'workspaceEvents'>
  readonly poll: StandingPoll
  readonly shareEvents: SharedRead<readonly WorkspaceEvent[]>
  readonly settings: Pick<ApiSettings, 'heartbeatMs' | 'progressIntervalMs'>
  readonly now: () => number
}

/**
 * The events of a workspace after an id, in order and without a gap, then those to come; between them how open
 * experiments stand, without an id. Ends where the workspace does, or when `signal` aborts.
 */
export async function* watchWorkspace(watched: Watched, watch: WorkspaceWatch): AsyncGenerator<string> {
  const { poll, settings, now } = watched
  const { workspaceId, follow, signal } = watch
  yield retryAfter(1_000)
  const news = createNews(watched, watch)
  let lastSentMs = now()
  while (!signal.aborted) {
    const standing = await poll(workspaceId)
    if (standing === null || signal.aborted) return
    for await (const message of news(standing)) {
      yield message
      lastSentMs = now()
    }
    if (now() - lastSentMs >= settings.heartbeatMs) {
      yield heartbeat
      lastSentMs = now()
    }
    if (!follow) return
  }
}

/** The messages that follow from each standing, after those of the one before. */
function createNews({ events, shareEvents, settings, now }: Watched, { workspaceId, after, filters }: WorkspaceWatch) {
  const standingChanges = createStandingChanges(settings.progressIntervalMs)
  let last: number | undefined
  return async function* ({ latestEvent, open }: WorkspaceStanding): AsyncGenerator<string> {
    if (last === undefined) {
      // An id that is yet to come is from before a backup was restored: the next event is new to that client.
      last = Math.min(after ?? latestEvent, latestEvent)
      yield formatEvent({ event: 'ready', data: { id: last }, id: last })
    }
    while (last < latestEvent) {
      const range = { after: last, limit: batch }
      const read = () => events.workspaceEvents(workspaceId, range)
      const found = await shareEvents(`${workspaceId} ${range.after}`, read)
      for (const event of found)
        if (isWanted(filters, event.type)) yield formatEvent({ event: event.type, data: event, id: event.id })
      last = found.at(-1)?.id ?? latestEvent
    }
    if (!isWanted(filters, experimentProgressType)) return
    for (const data of standingChanges(open, now())) yield formatEvent({ event: experimentProgressType, data })
  }
}

/** `*`, a type, or a group such as `experiment.*`. */
function isWanted(filters: readonly string[], type: string): boolean {
  return filters.some((filter) => filter === '*' || filter === type || filter === `${type.split('.')[0]}.*`)
}
