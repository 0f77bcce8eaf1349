import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { experimentSpec, GoalpostError } from '@goalpost/contracts'
import {
  expand,
  hashJson,
  resolveSpec,
  type ArtifactAccess,
  type Claim,
  type DispatchedJob,
  type NewExperiment,
  type HostedModels,
  type TaskContext,
} from '@goalpost/experiments'
import { createStore, type Store } from '@goalpost/store'
import { createFakeClock, someManifest, toyExecutors, toyProtocol } from '@goalpost/testing'
import { persist } from '../../apps/worker/src/attempts/persist.ts'
import { executeTask } from '../../apps/worker/src/trainer-process/execute-task.ts'

const protocols = new Map([[toyProtocol.name, toyProtocol]])
const executors = { protocols, loadExecutors: async () => toyExecutors }
const leaseMs = 10_000
/** How long a write or request may take. Longer than a busy machine needs, unless its answer is lost. */
const patienceMs = 1_500

/** Moves the service's clock between two steps of the worker. */
export type Jump = (clock: ReturnType<typeof createFakeClock>, round: number) => void

export type Life = {
  readonly url: string
  readonly artifacts: ArtifactAccess
  /** Whether it is cancelled once its training runs, and retried. */
  readonly cancelled?: boolean
  readonly jump?: Jump
  /** Jumps of the clock while an attempt holds its lease, in turn; the control loops of another worker look right after each. */
  readonly heldJumpsMs?: readonly number[]
}

/** Tasks that were taken back after each jump. */
export type HeldJump = { readonly jumpMs: number; readonly reaped: number }

export type Lived = {
  readonly id: string
  readonly hash: string | null
  readonly state: string
  readonly heldJumps: readonly HeldJump[]
}

/** The claim is stale: another attempt has the task. */
class Stale extends Error {}

/**
 * The whole life of one experiment over the given connection, submission to report, in one process: a client that
 * repeats its requests, the control loops, and a worker that repeats its writes as the real one does.
 */
export async function live({ url, artifacts, cancelled = false, jump, heldJumpsMs = [] }: Life): Promise<Lived> {
  const clock = createFakeClock()
  const store = createStore({ url, clock: clock.now, poolSize: 8 })
  const jumps = [...heldJumpsMs]
  const heldJumps: HeldJump[] = []
  const whileHeld = async (): Promise<void> => {
    const jumpMs = jumps.shift()
    if (jumpMs === undefined) return
    clock.advance(jumpMs)
    heldJumps.push({ jumpMs, reaped: await repeat(() => store.dispatcher.reapExpired()) })
  }
  const workspace = await repeat(() => store.workspaces.ensure(randomUUID()))
  const key = randomUUID()
  const created = await repeat(() => store.experiments.create(workspace, submission(key)))
  if (!created.ok) throw new Error(created.code)
  const { id } = created
  if (cancelled) await cancelHalfWay(store, { workspace, id, artifacts })
  for (let round = 0; ; round++) {
    const view = await repeat(() => store.experiments.get(workspace, id))
    if (view === null) throw new Error('the experiment is lost')
    if (view.state === 'succeeded' || view.state === 'failed') {
      const { items } = await repeat(() => store.experiments.list(workspace, { limit: 10 }))
      if (items.length !== 1) throw new Error(`one submission made ${items.length} experiments`)
      void store.close()
      return { id, hash: view.resultHash, state: view.state, heldJumps }
    }
    if (round > 200) throw new Error(`the experiment is stuck: ${JSON.stringify(view)}`)
    jump?.(clock, round)
    if (!(await workRound(store, artifacts, whileHeld))) clock.advance(leaseMs + 60_000)
  }
}

/** What happens at once to every request and write: its connection may hang. */
async function within<T>(work: () => Promise<T>): Promise<T> {
  const silence = delay(patienceMs, undefined, { ref: false }).then(() => {
    throw new GoalpostError('unavailable', 'no answer')
  })
  return Promise.race([work(), silence])
}

/** Any other error than an outage is a finding. */
async function repeat<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await within(work)
    } catch (error) {
      if (tries > 40 || !isOutage(error)) throw error
    }
  }
}

const isOutage = (error: unknown) => error instanceof GoalpostError && error.code === 'unavailable'

function submission(key: string): NewExperiment {
  const spec = { apiVersion: 'goalpost/v1', protocol: 'toy', name: 'life', seeds: [1] }
  const resolution = resolveSpec(experimentSpec.parse(spec), protocols)
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  const { resolved } = resolution
  const expansion = expand(resolved, protocols, { name: 'none', build: '1', threads: 1 })
  return { spec, resolved, expansion, idempotency: { key, bodyHash: hashJson(spec) } }
}

type Target = { readonly workspace: string; readonly id: string; readonly artifacts: ArtifactAccess }

async function cancelHalfWay(store: Store, { workspace, id, artifacts }: Target): Promise<void> {
  await workRound(store, artifacts)
  await repeat(() => store.experiments.cancel(workspace, id))
  await workRound(store, artifacts)
  await repeat(() => store.experiments.retry(workspace, id))
}

/** One turn of the control loops, and the jobs that it delivers. False: there was nothing to do. */
async function workRound(store: Store, artifacts: ArtifactAccess, whileHeld?: WhileHeld): Promise<boolean> {
  const jobs: DispatchedJob[] = []
  await within(() => store.dispatcher.dispatch(100, async (more) => void jobs.push(...more))).catch(ignoreOutage)
  for (const job of jobs) await runJob(store, job, { artifacts, whileHeld }).catch(ignoreOutage)
  if (jobs.length > 0) return true
  // A dispatch whose answer was lost has filled no queue.
  const requeued = await within(() => store.dispatcher.requeueLost(async () => new Set())).catch(ignoreOutage)
  const reaped = await within(() => store.dispatcher.reapExpired()).catch(ignoreOutage)
  return (requeued ?? 0) + (reaped ?? 0) > 0
}

function ignoreOutage(error: unknown): undefined {
  if (!isOutage(error)) throw error
}

type WhileHeld = () => Promise<void>
type Surroundings = { readonly artifacts: ArtifactAccess; readonly whileHeld?: WhileHeld | undefined }

async function runJob(store: Store, job: DispatchedJob, { artifacts, whileHeld }: Surroundings): Promise<void> {
  const { ledger } = store
  const claimed = await within(() => ledger.claim(job, { id: 'worker', leaseMs, engines: [] }))
  if (!claimed.ok) return
  const { claim, assignment } = claimed
  try {
    const context = { ...reporting(store, claim), assignment, artifacts, hostedModels, salt: null }
    await write(() => ledger.recordProgress(claim, { done: 1, total: 4, unit: 'steps' }))
    const { cancelRequested } = await repeat(() => ledger.renew(claim, leaseMs))
    if (cancelRequested) return await write(() => ledger.release(claim, 'cancelled'))
    await whileHeld?.()
    const result = await executeTask(context, executors)
    await write(() => ledger.complete(claim, result, someManifest))
  } catch (error) {
    if (!(error instanceof Stale)) throw error
  }
}

const hostedModels: HostedModels = { connect: () => Promise.reject(new Error('none')) }

function reporting(
  { ledger }: Store,
  claim: Claim,
): Omit<TaskContext, 'assignment' | 'artifacts' | 'hostedModels' | 'salt'> {
  const logs: string[] = []
  return {
    usesEngine: () => undefined,
    progress: () => undefined,
    series: (points) => void logs.push(`${points.length} points`),
    log: (_, message) => void logs.push(message),
    pauseRequested: () => false,
    async checkpoint(checkpoint) {
      const { step } = checkpoint
      await write(() => ledger.recordSeries(claim, [{ series: 'loss', labels: {}, x: step, value: step }]))
      const at = '2030-01-01T00:00:00Z'
      const lines = logs.splice(0).map((message) => ({ at, level: 'info' as const, message }))
      await write(() => ledger.recordLogs(claim, lines))
      await write(() => ledger.recordCheckpoint(claim, checkpoint))
    },
    yieldToEventLoop: async () => undefined,
  }
}

/** The worker's own patience with writes. */
async function write(attempt: () => Promise<boolean>): Promise<void> {
  const lasting = new AbortController().signal
  if ((await persist(attempt, { signal: lasting, patienceMs })) !== 'stored') throw new Stale()
}
