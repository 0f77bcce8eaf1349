import { setTimeout as sleep } from 'node:timers/promises'
import type { ExperimentEnd, ExperimentProgress, ExperimentState, ExperimentView } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { formatEvent, heartbeat, retryAfter } from './sse.ts'

const batch = 500
const ended: ReadonlySet<ExperimentState> = new Set(['succeeded', 'failed', 'cancelled'])

type Watch = {
  readonly workspaceId: string
  readonly experimentId: string
  readonly after: number
  readonly signal: AbortSignal
}

/**
 * The changes of an experiment after a sequence number, without a gap and in order, then those to come; each with its
 * number as id. After them, whenever anything moved, where the experiment stands (`progress`, without an id: a client that
 * resumes gets a newer one). Ends with `end` once the experiment has come to its end and every change has been sent.
 */
export async function* watchExperiment(
  { experiments, settings, now }: Pick<ApiDependencies, 'experiments' | 'settings' | 'now'>,
  { workspaceId, experimentId, after, signal }: Watch,
): AsyncGenerator<string> {
  yield retryAfter(1_000)
  let sequence = after
  let revision = -1
  let lastSentMs = now()
  while (!signal.aborted) {
    const current = await experiments.revision(workspaceId, experimentId)
    if (current === null) return
    if (current !== revision) {
      // Read before the changes: where it says that all has ended, the last change is among those that follow.
      const view = await experiments.get(workspaceId, experimentId)
      if (view === null) return
      revision = view.revision
      for (let more = true; more;) {
        const changes = await experiments.events(workspaceId, experimentId, sequence, batch)
        for (const change of changes) yield formatEvent({ event: 'change', data: change, id: change.sequence })
        sequence = changes.at(-1)?.sequence ?? sequence
        more = changes.length === batch
      }
      yield formatEvent({ event: 'progress', data: presentProgress(view) })
      if (ended.has(view.state)) {
        yield formatEvent({ event: 'end', data: presentEnd(view) })
        return
      }
      lastSentMs = now()
    } else if (now() - lastSentMs >= settings.heartbeatMs) {
      yield heartbeat
      lastSentMs = now()
    }
    await sleep(settings.eventPollMs, undefined, { signal }).catch(() => undefined)
  }
}

function presentProgress({ id, revision, state, tasks, runs }: ExperimentView): ExperimentProgress {
  return {
    experimentId: id,
    revision,
    state,
    tasks,
    runs: runs.map((run) => ({
      id: run.id,
      condition: run.condition,
      seed: run.seed,
      state: run.state,
      progress: run.progress,
    })),
  }
}

function presentEnd({ id, state }: ExperimentView): ExperimentEnd {
  return { experimentId: id, state }
}
