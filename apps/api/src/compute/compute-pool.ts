import { GoalpostError } from '@goalpost/contracts'
import { Tinypool } from 'tinypool'
import type { ComputeJob, ComputeOrder, ComputeResult } from './jobs.ts'

/** Runs what a protocol computes off the event loop. */
export type Compute = {
  /** Rejects with `compute-timeout` when the time limit has passed, waiting in line included. */
  run<Job extends ComputeJob>(protocol: string, job: Job): Promise<ComputeResult<Job>>
  close(): Promise<void>
}

export type ComputeOptions = {
  /** URL of the module that exports `protocols`; threads load it by themselves. */
  readonly protocolsModule: string
  readonly threads: number
  readonly timeLimitMs: number
}

/** A small pool of worker threads. A job that overstays ends with its thread, and a fresh thread takes its place. */
export function createComputePool({ protocolsModule, threads, timeLimitMs }: ComputeOptions): Compute {
  const pool = new Tinypool({
    filename: new URL('./compute-thread.ts', import.meta.url).href,
    name: 'compute',
    runtime: 'worker_threads',
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 60_000,
    maxQueue: 100,
    // The lines stay in order and the thread sleeps without holding the process.
    useAtomics: false,
    resourceLimits: { maxOldGenerationSizeMb: 1_024 },
  })
  return {
    async run<Job extends ComputeJob>(protocol: string, job: Job) {
      const order: ComputeOrder = { protocolsModule, protocol, job }
      const limit = AbortSignal.timeout(timeLimitMs)
      try {
        return (await pool.run(order, { signal: limit })) as ComputeResult<Job>
      } catch (error) {
        if (limit.aborted)
          throw new GoalpostError('compute-timeout', `This took longer than ${timeLimitMs / 1_000} s`, { cause: error })
        throw new GoalpostError('internal', 'The computation failed', { cause: error })
      }
    },
    close: () => pool.destroy(),
  }
}
