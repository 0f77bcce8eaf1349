import { GoalpostError } from '@goalpost/contracts'
import { Tinypool } from 'tinypool'

export type ThreadWork = {
  readonly file: URL
  /** The exported function, which gets the setting and resolves to the number of things done, or more. */
  readonly name: string
  /** What is reported when it fails. */
  readonly failure: string
}

export type OccasionalThread<Done> = { run(): Promise<Done>; close(): Promise<void> }

/** Work of up to seconds, in which the worker could not renew its leases. Without work there is no thread. */
export function createOccasionalThread<Done = number>(
  { file, name, failure }: ThreadWork,
  setting: object,
): OccasionalThread<Done> {
  const pool = new Tinypool({
    filename: file.href,
    name,
    runtime: 'worker_threads',
    minThreads: 0,
    maxThreads: 1,
    // One that works every minute is kept.
    idleTimeout: 90_000,
    useAtomics: false,
  })
  return {
    // Errors lose their class on the way between threads.
    run: () =>
      pool.run(setting).catch((error: unknown) => {
        throw new GoalpostError('unavailable', failure, { cause: error })
      }),
    close: () => pool.destroy(),
  }
}
