import type { Checkpoint, JsonObject, Progress, TaskResult } from '@goalpost/contracts'
import { hashSalt, type PlannedTask } from '@goalpost/experiments'
import { createMemoryArtifacts, createMemoryTaskContext } from '@goalpost/testing'
import { rlShift } from '../src/rl-shift/index.ts'
import { executors } from '../src/rl-shift/run.ts'

export type World = {
  readonly artifacts: ReturnType<typeof createMemoryArtifacts>
  readonly checkpoints: Map<number, Checkpoint>
  readonly results: Map<string, TaskResult>
  /** By task: what it reported last. */
  readonly progress?: Map<string, Progress>
  /** The operator's; default: none. */
  readonly salt?: string
}

export function planOf(options: JsonObject, seed: number, salt: string | null = null): readonly PlannedTask[] {
  const resolution = rlShift.resolve(options, { saltHash: hashSalt(salt) })
  if (!resolution.ok) throw new Error(JSON.stringify(resolution.issues))
  return rlShift.plan(resolution.options, seed)
}

/** Runs every task of one seed, in order, with everything in memory. */
export async function executeRun(
  options: JsonObject,
  seed: number,
  surroundings: Partial<Pick<World, 'artifacts' | 'salt'>> = {},
): Promise<World> {
  const world: World = {
    artifacts: createMemoryArtifacts(),
    ...surroundings,
    checkpoints: new Map(),
    results: new Map(),
    progress: new Map(),
  }
  for (const task of planOf(options, seed, world.salt)) world.results.set(task.key, await executeTask(task, world))
  return world
}

/** @param resume the checkpoint to resume from; null starts over */
export async function executeTask(
  task: PlannedTask,
  world: World,
  resume: Checkpoint | null = null,
): Promise<TaskResult> {
  const { key, kind, seed, inputs } = task
  const dependencies = task.needs.map(({ key: needed, when }) => ({
    key: needed,
    identity: needed,
    inputs: {},
    state: 'succeeded' as const,
    result: world.results.get(needed) ?? null,
    checkpoint: when.on === 'checkpoint' ? (world.checkpoints.get(when.step) ?? null) : null,
  }))
  const context = createMemoryTaskContext(
    {
      taskId: '01900000-0000-7000-8000-000000000000',
      protocol: 'rl-shift',
      key,
      kind,
      seed,
      inputs,
      resources: { engine: 'auto', threads: 1, device: 'cpu' },
      resume,
      dependencies,
    },
    {
      artifacts: world.artifacts,
      salt: world.salt ?? null,
      onCheckpoint: (checkpoint) => void world.checkpoints.set(checkpoint.step, checkpoint),
    },
  )
  const execute = executors[kind]
  if (execute === undefined) throw new RangeError(`nothing executes ${kind}`)
  const result = await execute(context)
  const last = context.sent.progress.at(-1)
  if (last !== undefined) world.progress?.set(key, last)
  return result
}
