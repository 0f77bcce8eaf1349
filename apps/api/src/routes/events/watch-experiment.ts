import type { ExperimentEnd, ExperimentEvent, ExperimentState } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import type { VersionPoll } from './version-poll.ts'
import type { Standing, StandingReader } from './read-standing.ts'
import type { SharedRead } from './shared-read.ts'
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
  readonly shareChanges: SharedRead<readonly ExperimentEvent[]>
}

/**
 * The changes of an experiment after a sequence number, without a gap and in order, then those to come; each with its
 * number as id. Then the current standing (`progress`), at once after a change of state and periodically while tasks
 * progress. It has no id, as a client that resumes gets a newer one, except the first after `latest`: a client that has
 * seen no change resumes there. Ends with `end` after the experiment has ended and every change has been sent.
 */
export async function* watchExperiment(watched: Watched, watch: Watch): AsyncGenerator<string> {
  const { experiments, settings, now, readStanding, pollVersion } = watched
  const { workspaceId, experimentId, after, signal } = watch
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
      for await (const change of changesAfter(sequence, watched, watch)) {
        yield formatEvent({ event: 'change', data: change, id: change.sequence })
        sequence = change.sequence
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

async function* changesAfter(
  sequence: number,
  { experiments, shareChanges }: Watched,
  { workspaceId, experimentId }: Watch,
): AsyncGenerator<ExperimentEvent> {
  for (let from: number | undefined = sequence; from !== undefined;) {
    const after: number = from
    const read = () => experiments.events(workspaceId, experimentId, after, batch)
    const changes = await shareChanges(`${workspaceId} ${experimentId} ${after}`, read)
    yield* changes
    from = changes.length === batch ? changes.at(-1)?.sequence : undefined
  }
}

function presentEnd({ id, state }: Standing): ExperimentEnd {
  return { experimentId: id, state }
}
