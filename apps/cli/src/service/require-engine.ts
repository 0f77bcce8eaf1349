import { setTimeout as delay } from 'node:timers/promises'
import type { ExperimentSpecInput, FleetView } from '@goalpost/contracts'
import { GoalpostError } from '@goalpost/contracts'
import type { Context } from '../context.ts'
import type { SpecFile } from '../spec-file/read-spec.ts'
import { previewSpec } from '../spec-file/submit-spec.ts'

/** The part of the API used here. */
type FleetApi = {
  workers(): Promise<Fleet>
  preview(spec: ExperimentSpecInput): Promise<{ readonly warnings: readonly { readonly message: string }[] }>
}
type Fleet = Pick<FleetView, 'workers' | 'starting'> & { readonly engines: readonly { readonly name: string }[] }
type Waiting = Pick<Context, 'now' | 'interrupted'>

const pollMs = 200
const longestMs = 120_000

/**
 * Refuses a spec whose engine no worker has, before it is submitted. For a service started for this command alone, no
 * other worker will join.
 * @throws GoalpostError `unavailable`
 */
export async function requireEngine(context: Waiting, api: FleetApi, file: SpecFile): Promise<void> {
  const engine = file.spec.resources?.engine
  if (engine === undefined || engine === 'auto') return
  const fleet = await readyFleet(context, api)
  const names = [...new Set(fleet.engines.map(({ name }) => name))]
  if (fleet.workers === 0 || names.includes(engine)) return
  // Tasks without tensors run anywhere. Only the service knows which those are, and warns about the others.
  const { warnings } = await previewSpec(api, file)
  if (!warnings.some(({ message }) => message.includes(engine))) return
  throw new GoalpostError(
    'unavailable',
    `No worker here has the engine ${engine}. Set resources.engine to one of ${names.join(', ')}, or see what it needs with:  npx goalpost doctor`,
  )
}

/** Waits until workers have probed their engines, which takes seconds. */
async function readyFleet(context: Waiting, api: FleetApi): Promise<Fleet> {
  const deadline = context.now() + longestMs
  for (;;) {
    const fleet = await api.workers()
    const isReady = fleet.workers > 0 && fleet.starting === 0
    if (isReady || context.now() > deadline || context.interrupted.aborted) return fleet
    await delay(pollMs)
  }
}
