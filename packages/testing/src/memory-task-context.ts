import { GoalpostError } from '@goalpost/contracts'
import type { Assignment, Checkpoint, LogLevel, Progress, SeriesPoint, UsedEngine } from '@goalpost/contracts'
import { TaskCancelled, type ArtifactAccess, type HostedModels, type TaskContext } from '@goalpost/experiments'
import { createMemoryArtifacts } from './memory-artifacts.ts'

/** A task context that records an executor's messages for tests. */
export type MemoryTaskContext = TaskContext & {
  readonly sent: {
    readonly engines: readonly UsedEngine[]
    readonly progress: readonly Progress[]
    readonly series: readonly SeriesPoint[]
    readonly checkpoints: readonly Checkpoint[]
    readonly logs: readonly { readonly level: LogLevel; readonly message: string }[]
  }
  /** From now on `yieldToEventLoop` rejects with `TaskCancelled`. */
  cancel(): void
  /** From now on `pauseRequested` is true, and `checkpoint` keeps what it is given and rejects with `TaskCancelled`. */
  pause(): void
}

export type MemoryTaskContextOptions = {
  readonly artifacts?: ArtifactAccess
  /** Default: none is allowed. */
  readonly hostedModels?: HostedModels
  readonly salt?: string | null
  /** Called after each checkpoint: throw here to end the executor at a known moment. */
  readonly onCheckpoint?: (checkpoint: Checkpoint) => void
  /** Called with the count of yields: throw here to end the executor between two updates. */
  readonly onYield?: (count: number) => void
}

const noHostedModels: HostedModels = {
  connect: () => Promise.reject(new GoalpostError('endpoint-refused', 'This test has no hosted models')),
}

export function createMemoryTaskContext(
  assignment: Assignment,
  {
    artifacts = createMemoryArtifacts(),
    hostedModels = noHostedModels,
    salt = null,
    onCheckpoint,
    onYield,
  }: MemoryTaskContextOptions = {},
): MemoryTaskContext {
  const engines: UsedEngine[] = []
  const progress: Progress[] = []
  const series: SeriesPoint[] = []
  const checkpoints: Checkpoint[] = []
  const logs: { level: LogLevel; message: string }[] = []
  let cancelled = false
  let paused = false
  let yields = 0
  return {
    assignment,
    artifacts,
    hostedModels,
    salt,
    sent: { engines, progress, series, checkpoints, logs },
    cancel: () => void (cancelled = true),
    pause: () => void (paused = true),
    pauseRequested: () => paused,
    usesEngine: (engine) => void engines.push(engine),
    progress: (report) => void progress.push(report),
    series: (points) => void series.push(...points),
    async checkpoint(checkpoint) {
      checkpoints.push(checkpoint)
      onCheckpoint?.(checkpoint)
      if (paused) throw new TaskCancelled()
    },
    log: (level, message) => void logs.push({ level, message }),
    async yieldToEventLoop() {
      await new Promise(setImmediate)
      onYield?.(++yields)
      if (cancelled) throw new TaskCancelled()
    },
  }
}
