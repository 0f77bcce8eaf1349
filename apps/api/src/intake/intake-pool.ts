import { GoalpostError } from '@goalpost/contracts'
import { Tinypool } from 'tinypool'
import { runWithin } from '../compute/run-within.ts'
import type { IntakeAnswer, IntakeJob, IntakeOrder, IntakeResult, IntakeSetting } from './jobs.ts'

/** Handles request bodies off the event loop. */
export type Intake = {
  /**
   * Rejects with the error of the body or the database, with `compute-timeout` after the time limit,
   * which includes the queue, and with `unavailable` if the queue is full.
   */
  run<Job extends IntakeJob>(job: Job): Promise<IntakeResult<Job>>
  close(): Promise<void>
}

export type IntakeOptions = IntakeSetting & {
  readonly threads: number
  readonly timeLimitMs: number
}

/**
 * Threads that parse, plan and store with their own database connections: a mebibyte of YAML takes a second to
 * parse, 2,000 runs another one to plan, and copying their 16,000 tasks to the event loop a third one.
 */
export function createIntakePool({ threads, timeLimitMs, ...setting }: IntakeOptions): Intake {
  const pool = new Tinypool({
    filename: new URL('./intake-thread.ts', import.meta.url).href,
    name: 'takeIn',
    runtime: 'worker_threads',
    // One thread is kept, as starting one takes a second.
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: 60_000,
    // Keeps jobs in order, and lets an idle thread not keep the process alive.
    useAtomics: false,
    resourceLimits: { maxOldGenerationSizeMb: 1_024, maxYoungGenerationSizeMb: 12 },
  })
  return {
    async run<Job extends IntakeJob>(job: Job) {
      const order: IntakeOrder = { setting, job }
      const answer = await runWithin<IntakeAnswer<Job>>(pool, order, timeLimitMs)
      if (answer.ok) return answer.result
      const { code, message, issues, cause } = answer
      throw new GoalpostError(code, message, { issues, ...(cause === undefined ? {} : { cause: new Error(cause) }) })
    },
    close: () => pool.destroy(),
  }
}
