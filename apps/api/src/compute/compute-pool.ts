import { Tinypool } from 'tinypool'
import type { ComputeJob, ComputeOrder, ComputeResult } from './jobs.ts'
import { runWithin } from './run-within.ts'

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
    // The lines stay in order and the thread sleeps without holding the process.
    useAtomics: false,
    resourceLimits: { maxOldGenerationSizeMb: 1_024 },
  })
  return {
    async run<Job extends ComputeJob>(protocol: string, job: Job) {
      const order: ComputeOrder = { protocolsModule, protocol, job }
      return runWithin<ComputeResult<Job>>(pool, order, timeLimitMs)
    },
    close: () => pool.destroy(),
  }
}
