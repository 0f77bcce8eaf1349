import type { GateRunView } from '@goalpost/contracts'
import type { Context } from '../../context.ts'
import type { ServiceApi } from '../../service/service-api.ts'

const toleratedOutageMs = 60_000

type Waiting = {
  readonly run: GateRunView
  readonly timeoutMs: number | null
}

/**
 * Follows a run to its end and reports each stage. If the wait is interrupted or takes too long, returns it as it was
 * seen last.
 */
export async function waitForRun(
  { interrupted, now, note }: Context,
  api: Pick<ServiceApi, 'watchGateRun'>,
  { run, timeoutMs }: Waiting,
): Promise<GateRunView> {
  const signal = timeoutMs === null ? interrupted : AbortSignal.any([interrupted, AbortSignal.timeout(timeoutMs)])
  let current = run
  let units = 0
  let failingSinceMs: number | null = null
  const onReconnect = (error: Error): void => {
    failingSinceMs ??= now()
    if (now() - failingSinceMs > toleratedOutageMs) throw error
  }
  if (run.state === 'ended') return run
  for await (const seen of api.watchGateRun(run, { signal, onReconnect })) {
    failingSinceMs = null
    current = seen
    if (seen.state === 'running' && seen.units > units) note(stageText(seen))
    units = seen.units
  }
  return current
}

function stageText({ gate, version, units }: GateRunView): string {
  return `${gate}: version ${version} on ${units.toLocaleString('en-US')} units`
}
