import type { ExperimentView, TaskJob, TaskResult, TaskView } from '@goalpost/contracts'
import type { Claim } from '@goalpost/experiments'
import { someManifest } from '@goalpost/testing'
import { bearer, toyEngines, type TestService } from './harness.ts'

/** The jobs that a queue would deliver: every ready task, including those whose last job was not claimed. */
export async function queuedJobs({ store }: TestService): Promise<readonly TaskJob[]> {
  const jobs: TaskJob[] = []
  await store.dispatcher.requeueLost(async () => new Set())
  await store.dispatcher.dispatch(10_000, async (added) => void jobs.push(...added))
  return jobs
}

export async function completeTask({ store }: TestService, claim: Claim, result: TaskResult): Promise<void> {
  if (!(await store.ledger.complete(claim, result, someManifest))) throw new Error('The claim was stale')
}

type Work = {
  readonly id: string
  readonly key: string
  readonly finish: (task: TaskView) => Promise<TaskResult>
  readonly only?: (task: TaskView) => boolean
}

/** Does the work of all workers on one experiment, until nothing is ready that `only` allows. */
export async function drain(service: TestService, { id, key, finish, only = () => true }: Work): Promise<void> {
  const tasks = await readTasks(service, { id, key })
  const waiting = new Map(tasks.map((task) => [task.id, task]))
  for (let moved = true; moved;) {
    moved = false
    for (const job of await queuedJobs(service)) {
      const task = waiting.get(job.taskId)
      if (task !== undefined && !only(task)) waiting.delete(job.taskId)
      if (task === undefined || !only(task)) continue
      const outcome = await service.store.ledger.claim(job, { id: 'worker-1', leaseMs: 60_000, engines: toyEngines })
      if (!outcome.ok) throw new Error(outcome.reason)
      await completeTask(service, outcome.claim, await finish(task))
      moved = true
    }
  }
}

async function readTasks({ api }: TestService, { id, key }: { id: string; key: string }): Promise<readonly TaskView[]> {
  const headers = bearer(key)
  const view = (await api.inject({ url: `/v1/experiments/${id}`, headers })).json<ExperimentView>()
  const ids = [...view.runs.flatMap(({ tasks }) => tasks), ...view.sharedTasks].map((task) => task.id)
  return Promise.all(
    ids.map(async (taskId) => (await api.inject({ url: `/v1/tasks/${taskId}`, headers })).json<TaskView>()),
  )
}
