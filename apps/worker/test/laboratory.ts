import { mkdtemp, rm } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { experimentSpec } from '@goalpost/contracts'
import type { ExperimentView, TaskView } from '@goalpost/contracts'
import { expand, resolveSpec } from '@goalpost/experiments'
import { createStore, migrate } from '@goalpost/store'
import { startTestDatabase } from '@goalpost/testing'
import { startOutageProxy } from '@goalpost/testing/outage-proxy'
import { drillProtocol } from './drill-protocol.ts'
import type { DrillOptions } from './drill-protocol.ts'
import { startWorkerProcess } from './worker-process.ts'
import type { WorkerProcess } from './worker-process.ts'

const protocols = new Map([[drillProtocol.name, drillProtocol]])

/** The same as in drill-worker.ts: TensorFlow.js on the processor, all others on a GPU. */
function resourcesOf(engine: string) {
  return { engine, device: engine.startsWith('tfjs') ? ('cpu' as const) : ('gpu' as const) }
}

/** A database, a folder for artifacts, and any number of worker processes. */
export async function openLaboratory() {
  const database = await startTestDatabase({ prepare: migrate })
  const folder = await mkdtemp(join(tmpdir(), 'goalpost-worker-'))
  const store = createStore({ url: database.url, poolSize: 3 })
  const { hostname, port } = new URL(database.url)
  // Workers reach the database through it, the test itself does not.
  const outage = await startOutageProxy({ host: hostname, port: Number(port) })
  const proxied = new URL(database.url)
  proxied.host = `127.0.0.1:${outage.port}`
  const workers: WorkerProcess[] = []

  async function submit(
    options: Partial<DrillOptions>,
    seeds: number[] = [1],
    engineName = 'tfjs:wasm',
    trace: string | null = null,
    // Its own workspace: nothing is reused from another test.
    {
      workspace = randomUUID(),
      ...own
    }: { readonly workspace?: string; readonly priority?: number; readonly deadline?: string } = {},
  ) {
    const workspaceId = await store.workspaces.ensure(workspace)
    const spec = {
      ...own,
      apiVersion: 'goalpost/v1',
      protocol: 'drill',
      name: 'drill',
      seeds,
      options,
      resources: resourcesOf(engineName),
    }
    const resolution = resolveSpec(experimentSpec.parse(spec), protocols)
    if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
    const { resolved } = resolution
    const created = await store.experiments.create(workspaceId, {
      spec,
      resolved,
      expansion: expand(resolved, protocols, { name: engineName, build: '1', threads: 1 }),
      idempotency: null,
      trace,
    })
    if (!created.ok) throw new Error(created.code)
    return watch(workspaceId, created.id)
  }

  function watch(workspaceId: string, id: string) {
    const view = async (): Promise<ExperimentView> => (await store.experiments.get(workspaceId, id))!
    const train = async (): Promise<TaskView> => {
      const taskId = (await view()).runs[0]!.tasks.find(({ key }) => key === 'train')!.id
      return (await store.experiments.task(workspaceId, taskId))!
    }
    return {
      view,
      train,
      checkpoints: async () =>
        (await store.experiments.checkpoints(workspaceId, { experimentId: id, limit: 100 })).items,
      logs: async () =>
        (await store.experiments.logs(workspaceId, { taskId: (await train()).id }, { limit: 100 }))!.items,
      cancel: () => store.experiments.cancel(workspaceId, id),
    }
  }

  return {
    databaseUrl: database.url,
    artifactsUrl: pathToFileURL(join(folder, 'artifacts')).href,
    workers: store.workers,
    outage,
    submit,
    startWorker(environment: Readonly<Record<string, string>> = {}): WorkerProcess {
      const worker = startWorkerProcess({
        DATABASE_URL: proxied.href,
        ARTIFACTS_URL: pathToFileURL(join(folder, 'artifacts')).href,
        GOALPOST_LEASE_MS: '1500',
        ...environment,
      })
      workers.push(worker)
      return worker
    },
    /** Stops the workers that a test has left running. */
    async stopWorkers() {
      for (const worker of workers) for (const signal of ['SIGCONT', 'SIGKILL'] as const) worker.signal(signal)
      await Promise.all(workers.splice(0).map(({ ended }) => ended))
    },
    async close() {
      await outage.disappear()
      await store.close()
      await database.close()
      await rm(folder, { recursive: true })
    },
  }
}

export type Laboratory = Awaited<ReturnType<typeof openLaboratory>>
