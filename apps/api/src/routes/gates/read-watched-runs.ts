import type { GateRunView } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'

/** The run of that id, at most `eventPollMs` old; null if it is gone. The caller has checked whose it is. */
export type WatchedRunReader = (id: string) => Promise<GateRunView | null>

type Reading = {
  readonly atMs: number
  readonly ids: ReadonlySet<string>
  readonly runs: Promise<ReadonlyMap<string, GateRunView>>
}

/** One statement for all watched runs of all gates, however many clients watch: each reading has what was asked for since the last. */
export function createWatchedRunReader({
  gates,
  settings,
  now,
}: Pick<ApiDependencies, 'gates' | 'settings' | 'now'>): WatchedRunReader {
  let asked = new Set<string>()
  let latest: Reading | null = null
  const read = (ids: ReadonlySet<string>): Reading => {
    asked = new Set()
    const reading = { atMs: now(), ids, runs: gates.runsById([...ids]) }
    reading.runs.catch(() => {
      if (latest === reading) latest = null
    })
    return reading
  }
  return async (id) => {
    asked.add(id)
    if (latest === null || now() - latest.atMs >= settings.eventPollMs) latest = read(asked)
    // Another client's first look: the others find their runs in this reading too.
    else if (!latest.ids.has(id)) latest = read(new Set([...latest.ids, ...asked]))
    return (await latest.runs).get(id) ?? null
  }
}
