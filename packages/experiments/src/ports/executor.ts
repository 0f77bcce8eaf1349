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

/** What an executor sees of the world. Everything else it computes from `assignment`. */
export type TaskContext = {
  readonly assignment: Assignment
  readonly artifacts: ArtifactAccess
  /** The operator's secret, null where there is none: never to be written anywhere, nor to be part of a message. */
  readonly salt: string | null
  /** Tells, once it is open, which engine computes: the manifest names that one, and not the one that was asked for. */
  usesEngine(engine: UsedEngine): void
  progress(progress: Progress): void
  /** Sends points of curves; writing the same (series, labels, x) again replaces it. */
  series(points: readonly SeriesPoint[]): void
  /** Resolves when the checkpoint is stored; the parts must have been written to `artifacts` before. */
  checkpoint(checkpoint: Checkpoint): Promise<void>
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
