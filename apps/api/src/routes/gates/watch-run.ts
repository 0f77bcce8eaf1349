import { setTimeout as sleep } from 'node:timers/promises'
import type { GateRunView } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { formatEvent, heartbeat, retryAfter } from '../events/sse.ts'

type Watched = Pick<ApiDependencies, 'settings' | 'now'> & {
  /** Null if the run is gone. */
  readonly read: () => Promise<GateRunView | null>
}

/**
 * How a run stands, at once and after every change, as messages `run`; the last one is of the run that has ended. No
 * message has an id: a client that reconnects gets the newest state.
 */
export async function* watchRun({ read, settings, now }: Watched, signal: AbortSignal): AsyncGenerator<string> {
  yield retryAfter(1_000)
  let sent = ''
  let lastSentMs = now()
  while (!signal.aborted) {
    const run = await read()
    if (run === null) return
    const message = formatEvent({ event: 'run', data: run })
    if (message !== sent) {
      yield message
      sent = message
      lastSentMs = now()
    } else if (now() - lastSentMs >= settings.heartbeatMs) {
      yield heartbeat
      lastSentMs = now()
    }
    if (run.state === 'ended') return
    await sleep(settings.eventPollMs, undefined, { signal }).catch(() => undefined)
  }
}
