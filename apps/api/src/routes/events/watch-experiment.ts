import type { ExperimentEnd, ExperimentState } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import type { VersionPoll } from './version-poll.ts'
import type { Standing, StandingReader } from './read-standing.ts'
import { formatEvent, heartbeat, retryAfter } from './sse.ts'

const batch = 500
const ended: ReadonlySet<ExperimentState> = new Set(['succeeded', 'failed', 'cancelled'])

type Watch = {
  readonly workspaceId: string
  readonly experimentId: string
  /** A sequence number, or `latest` for only new changes. */
  readonly after: number | 'latest'
  readonly signal: AbortSignal
}

type Watched = Pick<ApiDependencies, 'experiments' | 'settings' | 'now'> & {
  readonly readStanding: StandingReader
  readonly pollVersion: VersionPoll
}

/**
 * The changes of an experiment after a sequence number, without a gap and in order, then those to come; each with its
 * number as id. Then the current standing (`progress`), at once after a change of state and periodically while tasks
 * progress. It has no id, as a client that resumes gets a newer one, except the first after `latest`: a client that has
 * seen no change resumes there. Ends with `end` after the experiment has ended and every change has been sent.
 */
export async function* watchExperiment(
  { experiments, settings, now, readStanding, pollVersion }: Watched,
  { workspaceId, experimentId, after, signal }: Watch,
): AsyncGenerator<string> {
  yield retryAfter(1_000)
  let revision = -1
  let lastSentMs = now()
  let current = await experiments.version(workspaceId, experimentId)
  let sequence = after === 'latest' ? (current?.sequence ?? 0) : after
  while (current !== null && !signal.aborted) {
    // Read before the changes, so that if the experiment has ended, the last change is among them.
    const standing = await readStanding(workspaceId, experimentId, current)
    if (standing === null) return
    if (standing.revision > revision) {
      const isStart = after === 'latest' && revision === -1
      revision = standing.revision
      for (let more = true; more;) {
        const changes = await experiments.events(workspaceId, experimentId, sequence, batch)
        for (const change of changes) yield formatEvent({ event: 'change', data: change, id: change.sequence })
        sequence = changes.at(-1)?.sequence ?? sequence
        more = changes.length === batch
      }
      yield formatEvent({ event: 'progress', data: standing.progress, ...(isStart ? { id: sequence } : {}) })
      if (ended.has(standing.state)) {
        yield formatEvent({ event: 'end', data: presentEnd(standing) })
        return
      }
      lastSentMs = now()
    } else if (now() - lastSentMs >= settings.heartbeatMs) {
      yield heartbeat
      lastSentMs = now()
    }
    current = await pollVersion(workspaceId, experimentId)
  }
}

function presentEnd({ id, state }: Standing): ExperimentEnd {
  return { experimentId: id, state }
}
