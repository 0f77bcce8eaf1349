import { Tinypool } from 'tinypool'
import type { ComputeJob, ComputeOrder, ComputeResult } from './jobs.ts'
import { runWithin } from './run-within.ts'

/** Runs what a protocol computes off the event loop. */
export type Compute = {
  /** Rejects with `compute-timeout` after the time limit, which includes the time in the queue. */
  run<Job extends ComputeJob>(protocol: string, job: Job): Promise<ComputeResult<Job>>
  close(): Promise<void>
}

export type ComputeOptions = {
  /** URL of the module that exports `protocols`, loaded by each thread. */
  readonly protocolsModule: string
  readonly threads: number
  readonly timeLimitMs: number
}

/** A small pool of worker threads. A job over the time limit is terminated with its thread, which is replaced. */
export function createComputePool({ protocolsModule, threads, timeLimitMs }: ComputeOptions): Compute {
  const pool = new Tinypool({
    filename: new URL('./compute-thread.ts', import.meta.url).href,
    name: 'compute',
    runtime: 'worker_threads',
    minThreads: 0,
    maxThreads: threads,
    // Loading the protocols takes a thread about as long as a report, so the thread stays for the next request.
    idleTimeout: 5 * 60_000,
    // Keeps jobs in order, and lets an idle thread not keep the process alive.
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
