import { randomUUID } from 'node:crypto'
import { experimentSpec, type ExperimentSpecInput, type TaskResult } from '@goalpost/contracts'
import {
  expand,
  resolveSpec,
  type ClaimOutcome,
  type DispatchedJob,
  type Expansion,
  type Page,
} from '@goalpost/experiments'
import { createFakeClock, someManifest, startTestDatabase, toyProtocol } from '@goalpost/testing'
import { createStore } from '../src/create-store.ts'
import { migrate } from '../src/database/migrate.ts'

export { someManifest as manifest }

const protocols = new Map([[toyProtocol.name, toyProtocol]])

type Claimed = Extract<ClaimOutcome, { ok: true }>

/** A store with its own database, a stopped clock, and shortcuts for the actions of workers and clients. */
export async function startBench() {
  const database = await startTestDatabase({ prepare: migrate })
  const clock = createFakeClock()
  const store = createStore({ url: database.url, clock: clock.now, poolSize: 8 })
  const workspace = await store.workspaces.ensure('main')
  const { experiments, ledger, dispatcher } = store

  const take = async (taskId: string, epoch = 0): Promise<Claimed> => {
    const outcome = await ledger.claim({ taskId, epoch }, { id: 'worker', leaseMs: 10_000, engines: [] })
    if (!outcome.ok) throw new Error(outcome.reason)
    return outcome
  }

  return {
    ...store,
    clock,
    workspace,
    database,
    take,
    async submit(spec: Partial<ExperimentSpecInput> = {}, workspaceId = workspace): Promise<string> {
      const outcome = await experiments.create(workspaceId, { ...plan(spec), idempotency: null })
      if (!outcome.ok) throw new Error(outcome.code)
      return outcome.id
    },
    /** Ids by key, of an experiment with one run. */
    async tasks(experimentId: string, workspaceId = workspace): Promise<Record<string, string>> {
      const view = await experiments.get(workspaceId, experimentId)
      const all = [...(view?.runs ?? []).flatMap((run) => run.tasks), ...(view?.sharedTasks ?? [])]
      return Object.fromEntries(all.map(({ key, id }) => [key, id]))
    },
    async states(experimentId: string, workspaceId = workspace): Promise<Record<string, string>> {
      const view = await experiments.get(workspaceId, experimentId)
      const all = [...(view?.runs ?? []).flatMap((run) => run.tasks), ...(view?.sharedTasks ?? [])]
      return Object.fromEntries(all.map(({ key, state }) => [key, state]))
    },
    /** Announces a worker that offers these engines, and serves the queues of their devices. */
    async announce(
      id: string,
      offered: readonly { name: string; device: 'cpu' | 'gpu' }[] | null,
      slots = 100,
      shortSlots = 0,
    ): Promise<void> {
      const engines = offered?.map((own) => ({ ...own, build: '1', deviceName: null })) ?? null
      const devices = [...new Set(offered?.map(({ device }) => device) ?? ['cpu' as const])]
      const queues = devices.map((device) => ({ device, slots, ...(shortSlots > 0 && { shortSlots }) }))
      await store.workers.announce({ id, host: 'here', codeRevision: 'test', cores: 2, queues, engines })
    },
    async succeed(taskId: string, result: TaskResult = resultOf(1), epoch = 0): Promise<void> {
      const { claim } = await take(taskId, epoch)
      if (!(await ledger.complete(claim, result, someManifest))) throw new Error('The claim was stale')
    },
    async giveUp(taskId: string, epoch = 0): Promise<void> {
      const { claim } = await take(taskId, epoch)
      if (!(await ledger.fail(claim, { code: 'not-finite', message: 'NaN' }))) throw new Error('The claim was stale')
    },
    async dispatchAll(lookAhead = 1_000): Promise<DispatchedJob[]> {
      const jobs: DispatchedJob[] = []
      await dispatcher.dispatch(lookAhead, async (added) => void jobs.push(...added))
      return jobs
    },
    /** Runs tasks until none is ready. */
    async work(finish?: (claimed: Claimed) => Promise<void>): Promise<void> {
      for (let jobs = await this.dispatchAll(); jobs.length > 0; jobs = await this.dispatchAll()) {
        for (const { taskId, epoch } of jobs) {
          const claimed = await take(taskId, epoch)
          await (finish ?? ((it: Claimed) => finishWell(it)))(claimed)
        }
      }
    },
    async close(): Promise<void> {
      await store.close()
      await database.close()
    },
  }

  async function finishWell({ claim, assignment }: Claimed): Promise<void> {
    if (assignment.kind === 'train') {
      for (const step of [2, 4])
        await ledger.recordCheckpoint(claim, { step, parts: [artifact(`${claim.taskId}${step}`)] })
    }
    await ledger.complete(claim, resultOf(assignment.seed ?? 0), someManifest)
  }
}
export type Bench = Awaited<ReturnType<typeof startBench>>

/** The input of the store for a spec. */
export function plan(spec: Partial<ExperimentSpecInput> = {}) {
  const parsed = experimentSpec.parse({ apiVersion: 'goalpost/v1', protocol: 'toy', name: 'test', seeds: 1, ...spec })
  const resolution = resolveSpec(parsed, protocols)
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  const engine = { name: spec.resources?.engine ?? 'none', build: '1', threads: 1 }
  const expansion: Expansion = expand(resolution.resolved, protocols, engine)
  return { spec: JSON.parse(JSON.stringify(parsed)), resolved: resolution.resolved, expansion }
}

export function resultOf(value: number): TaskResult {
  return { measures: [{ name: 'score', labels: { suite: 'a' }, value }], artifacts: [] }
}

export function artifact(content: string = randomUUID()) {
  const hash = Buffer.from(content.padEnd(32, '-').slice(-32)).toString('hex').slice(0, 64)
  return { name: 'state', hash, bytes: 3, mediaType: 'application/octet-stream', evidence: false }
}

/** Reads all pages of a list. */
export async function readAll<T>(read: (cursor: { cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = []
  let cursor: { cursor?: string } = {}
  for (;;) {
    const page = await read(cursor)
    items.push(...page.items)
    if (page.nextCursor === null) return items
    cursor = { cursor: page.nextCursor }
  }
}
