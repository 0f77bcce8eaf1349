import { GoalpostError } from '@goalpost/contracts'
import { Tinypool } from 'tinypool'
import { runWithin } from '../compute/run-within.ts'
import type { IntakeAnswer, IntakeJob, IntakeOrder, IntakeResult, IntakeSetting } from './jobs.ts'

/** Takes in what clients send, off the event loop. */
export type Intake = {
  /**
   * Rejects with what is wrong with the body or the database, with `compute-timeout` when the time limit has passed,
   * waiting in line included, and with `unavailable` where the line is too long.
   */
  run<Job extends IntakeJob>(job: Job): Promise<IntakeResult<Job>>
  close(): Promise<void>
}

export type IntakeOptions = IntakeSetting & {
  readonly threads: number
  readonly timeLimitMs: number
}

/**
 * Threads that parse, plan and store by themselves, each with connections of its own: a mebibyte of YAML takes a second to
 * parse, 2,000 runs another one to plan, and their 16,000 tasks would take a third only to come back to the event loop.
 */
export function createIntakePool({ threads, timeLimitMs, ...setting }: IntakeOptions): Intake {
  const pool = new Tinypool({
    filename: new URL('./intake-thread.ts', import.meta.url).href,
    name: 'takeIn',
    runtime: 'worker_threads',
    // One is always there: a thread takes a second to load what it needs.
    minThreads: 1,
    maxThreads: threads,
    idleTimeout: 60_000,
    // The lines stay in order and the thread sleeps without holding the process.
    useAtomics: false,
    resourceLimits: { maxOldGenerationSizeMb: 1_024 },
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
