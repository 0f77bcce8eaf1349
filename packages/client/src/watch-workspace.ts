import {
  experimentProgressType,
  experimentStanding,
  streamReady,
  workspaceEvent,
  workspaceEventType,
  type ExperimentStanding,
  type WorkspaceEvent,
} from '@goalpost/contracts'
import type { EventSourceMessage } from 'eventsource-parser'
import { followEvents, type WatchOptions } from './event-stream.ts'
import type { Http } from './http.ts'

/** What happens in a workspace. Events arrive in order and without gaps; of an experiment only the latest progress counts. */
export type WorkspaceSighting =
  /** Connected: what happened up to that id was before. */
  | { readonly type: 'ready'; readonly id: number }
  | { readonly type: 'event'; readonly event: WorkspaceEvent }
  | { readonly type: 'progress'; readonly standing: ExperimentStanding }

export type WorkspaceWatchOptions = WatchOptions & {
  /** Types or groups, e.g. `experiment.*`; by default all. */
  readonly events?: readonly string[]
}

/** Follows the workspace of the key until `signal` aborts. Without `lastEventId`, only new events are sent. */
export function watchWorkspace(
  http: Http,
  { events, ...options }: WorkspaceWatchOptions = {},
): AsyncGenerator<WorkspaceSighting> {
  const query = { events: events?.join(',') }
  return followEvents(http, { path: '/v1/events', query, parse: parseSighting, isLast: () => false }, options)
}

/** Null for types that this client does not know. */
function parseSighting({ event, data }: EventSourceMessage): WorkspaceSighting | null {
  if (event === 'ready') return { type: 'ready', id: streamReady.parse(JSON.parse(data)).id }
  if (event === experimentProgressType)
    return { type: 'progress', standing: experimentStanding.parse(JSON.parse(data)) }
  if (!workspaceEventType.safeParse(event).success) return null
  return { type: 'event', event: workspaceEvent.parse(JSON.parse(data)) }
}
