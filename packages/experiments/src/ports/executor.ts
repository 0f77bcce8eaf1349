import type {
  ArtifactRef,
  Assignment,
  Checkpoint,
  LogLevel,
  Progress,
  SeriesPoint,
  TaskResult,
  UsedEngine,
} from '@goalpost/contracts'
import type { HostedModels } from './hosted-models.ts'

/** An executor's surroundings. It computes everything else from `assignment`. */
export type TaskContext = {
  readonly assignment: Assignment
  readonly artifacts: ArtifactAccess
  /** The operator's secret, null if there is none. Never write it anywhere or include it in a message. */
  readonly salt: string | null
  /** Models behind endpoints that the operator allows. */
  readonly hostedModels: HostedModels
  /** Reports the opened engine: the manifest names this one, not the requested one. */
  usesEngine(engine: UsedEngine): void
  progress(progress: Progress): void
  /** Sends points of curves; writing the same (series, labels, x) again replaces it. */
  series(points: readonly SeriesPoint[]): void
  /**
   * Resolves when the checkpoint is stored; write its parts to `artifacts` before. Rejects with `TaskCancelled` if the
   * task is no longer wanted or, with the checkpoint stored, is paused.
   */
  checkpoint(checkpoint: Checkpoint): Promise<void>
  /** Whether the task is to be paused: save a checkpoint soon. Work that has none runs to its end. */
  pauseRequested(): boolean
  log(level: LogLevel, message: string): void
  /**
   * Lets the event loop turn: call it between updates, at least every 200 ms.
   * Rejects with `TaskCancelled` once the worker has asked to stop.
   */
  yieldToEventLoop(): Promise<void>
}

export type ArtifactAccess = {
  read(hash: string): Promise<Uint8Array>
  /** Stores the bytes under their hash; storing equal bytes again is free. */
  write(blob: { name: string; bytes: Uint8Array; mediaType: string; evidence?: boolean }): Promise<ArtifactRef>
}

export type TaskExecutor = (context: TaskContext) => Promise<TaskResult>

/** The executors of one protocol, by kind of task. `analyse` needs none: it is the protocol's report. */
export type ProtocolExecutors = Readonly<Record<string, TaskExecutor>>

export class TaskCancelled extends Error {
  constructor() {
    super('The task was cancelled')
    this.name = 'TaskCancelled'
  }
}
