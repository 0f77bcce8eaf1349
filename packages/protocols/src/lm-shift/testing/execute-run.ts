import type { Assignment, Checkpoint, JsonObject, TaskResult } from '@goalpost/contracts'
import type { ArtifactAccess, PlannedTask } from '@goalpost/experiments'
import { createMemoryArtifacts, createMemoryTaskContext, type MemoryTaskContext } from '@goalpost/testing'
import { lmShift } from '../index.ts'
import { executors } from '../run.ts'

/** A network and stages that train in a second. */
export const smallOptions: JsonObject = {
  experiment: 'emergent',
  network: { width: 16, heads: 2, layers: 1 },
  stages: [
    { stage: 'documents', steps: 210, batch: 8 },
    { stage: 'reinforce', steps: 4, prompts: 4, samples: 4 },
  ],
}

export function resolveOptions(given: JsonObject): JsonObject {
  const resolution = lmShift.resolve(given)
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  return resolution.options
}

type Attempt = { readonly resume?: Checkpoint | null; readonly onCheckpoint?: (checkpoint: Checkpoint) => void }

/** One task with the results of those that it needs. */
export function contextOf(
  task: PlannedTask,
  { seed, done, artifacts }: { seed: number; done: ReadonlyMap<string, TaskResult>; artifacts: ArtifactAccess },
  { resume = null, onCheckpoint }: Attempt = {},
): MemoryTaskContext {
  const assignment: Assignment = {
    taskId: '00000000-0000-7000-8000-000000000000',
    protocol: 'lm-shift',
    key: task.key,
    kind: task.kind,
    seed,
    inputs: task.inputs,
    resources: { engine: 'auto', threads: 1, device: 'cpu' },
    dependencies: task.needs.map(({ key }) => ({
      key,
      identity: key,
      inputs: {},
      state: 'succeeded',
      result: done.get(key) ?? null,
      checkpoint: null,
    })),
    resume,
  }
  return createMemoryTaskContext(assignment, { artifacts, ...(onCheckpoint === undefined ? {} : { onCheckpoint }) })
}

/** All tasks of one run in order; results by key. */
export async function executeRun(given: JsonObject, seed: number, artifacts = createMemoryArtifacts()) {
  const done = new Map<string, TaskResult>()
  const contexts = new Map<string, MemoryTaskContext>()
  for (const task of lmShift.plan(resolveOptions(given), seed)) {
    const context = contextOf(task, { seed, done, artifacts })
    const execute = executors[task.kind]
    if (execute === undefined) throw new Error(`no executor for ${task.kind}`)
    contexts.set(task.key, context)
    done.set(task.key, await execute(context))
  }
  return { results: done, contexts, artifacts }
}
