import type { ExperimentProgress, ExperimentView } from '@goalpost/contracts'
import type { ExperimentVersion, StoredExperiment } from '@goalpost/experiments'
import type { ApiDependencies } from '../../dependencies.ts'
import { secondsLeftOf, type Fleet } from '../../fleet.ts'

/** An experiment's standing, as sent to watchers. */
export type Standing = Pick<ExperimentView, 'id' | 'revision' | 'state'> & { readonly progress: ExperimentProgress }

export type StandingReader = (workspaceId: string, id: string, version: ExperimentVersion) => Promise<Standing | null>

type Entry = ExperimentVersion & { readonly readAtMs: number; readonly standing: Promise<Standing | null> }

const remembered = 200

/**
 * One read for all watchers of an experiment. At least as new as the events of that version; if tasks have only
 * progressed since, it may be older than the version by `progressIntervalMs`, as thousands of tasks are read each time.
 */
export function createStandingReader({
  experiments,
  fleet,
  settings,
  now,
}: Pick<ApiDependencies, 'experiments' | 'fleet' | 'settings' | 'now'>): StandingReader {
  const entries = new Map<string, Entry>()
  const read = async (workspaceId: string, id: string): Promise<Standing | null> => {
    const view = await experiments.get(workspaceId, id)
    if (view === null) return null
    return { id: view.id, revision: view.revision, state: view.state, progress: presentProgress(view, await fleet()) }
  }
  return (workspaceId, id, version) => {
    const key = `${workspaceId} ${id}`
    const known = entries.get(key)
    if (known !== undefined && suffices(known, version, now() - settings.progressIntervalMs)) return known.standing
    const standing = read(workspaceId, id)
    // Deleted first, to keep the map in order of reading.
    entries.delete(key)
    entries.set(key, { ...version, readAtMs: now(), standing })
    standing.catch(() => {
      if (entries.get(key)?.standing === standing) entries.delete(key)
    })
    const [oldest] = entries.keys()
    if (entries.size > remembered && oldest !== undefined) entries.delete(oldest)
    return standing
  }
}

/** Versions are read first, so the standing is at least as new. */
function suffices(known: Entry, { revision, sequence }: ExperimentVersion, sinceMs: number): boolean {
  return known.sequence >= sequence && (known.revision >= revision || known.readAtMs > sinceMs)
}

function presentProgress(stored: StoredExperiment, current: Fleet): ExperimentProgress {
  const { id, revision, state, tasks, runs } = stored
  return {
    experimentId: id,
    revision,
    state,
    tasks,
    secondsLeft: secondsLeftOf(current, stored),
    runs: runs.map((run) => ({
      id: run.id,
      condition: run.condition,
      seed: run.seed,
      state: run.state,
      progress: run.progress,
    })),
  }
}
