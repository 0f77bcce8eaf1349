import {
  experimentEnd,
  experimentEvent,
  experimentProgress,
  gateRunView,
  type ExperimentEnd,
  type ExperimentEvent,
  type ExperimentProgress,
  type GateRunView,
} from '@goalpost/contracts'
import type { EventSourceMessage } from 'eventsource-parser'
import { followEvents, type WatchOptions } from './event-stream.ts'
import type { Http } from './http.ts'

/** Events of an experiment. Changes arrive in order and without gaps; only the latest progress counts. */
export type Sighting =
  | { readonly type: 'change'; readonly change: ExperimentEvent }
  | { readonly type: 'progress'; readonly progress: ExperimentProgress }
  | { readonly type: 'end'; readonly end: ExperimentEnd }

export type ExperimentWatchOptions = Omit<WatchOptions, 'lastEventId'> & {
  /** The `sequence` of the last change already seen; 0 (the default) for all, `latest` for only new ones. */
  readonly lastEventId?: number | 'latest'
}

/** Follows an experiment until it ends. */
export function watch(
  http: Http,
  experimentId: string,
  options: ExperimentWatchOptions = {},
): AsyncGenerator<Sighting> {
  const path = `/v1/experiments/${encodeURIComponent(experimentId)}/events`
  return followEvents(http, { path, parse: parseSighting, isLast: ({ type }) => type === 'end' }, options)
}

/** Null for types that this client does not know. */
function parseSighting({ event, data }: EventSourceMessage): Sighting | null {
  switch (event) {
    case 'change':
      return { type: 'change', change: experimentEvent.parse(JSON.parse(data)) }
    case 'progress':
      return { type: 'progress', progress: experimentProgress.parse(JSON.parse(data)) }
    case 'end':
      return { type: 'end', end: experimentEnd.parse(JSON.parse(data)) }
    default:
      return null
  }
}

/** Follows a gate run until it ends: how it stands now, and then after every change. */
export function watchGateRun(
  http: Http,
  run: { readonly gate: string; readonly id: string },
  options: WatchOptions = {},
): AsyncGenerator<GateRunView> {
  const path = `/v1/gates/${encodeURIComponent(run.gate)}/runs/${encodeURIComponent(run.id)}/events`
  return followEvents(http, { path, parse: parseRun, isLast: ({ state }) => state === 'ended' }, options)
}

function parseRun({ event, data }: EventSourceMessage): GateRunView | null {
  return event === 'run' ? gateRunView.parse(JSON.parse(data)) : null
}
