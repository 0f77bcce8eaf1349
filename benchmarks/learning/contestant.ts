import { spawn, spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'

/** Milliseconds of one repetition, in wall-clock time and processor time over all threads. */
export type Timing = {
  readonly wallMs: number
  readonly cpuMs: number
  /** Results by name, to check that contestants did the same. */
  readonly means?: Readonly<Record<string, number>>
}

export type ContestantCommand = {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

/** A process that runs for the whole benchmark and works only on request. */
export type Contestant = {
  readonly name: string
  readonly version: string
  measure(repetitions: number): Promise<Timing>
  close(): Promise<void>
}

/** Why a contestant does not take part: its interpreter or a module is missing, or it failed. */
export type Absent = { readonly name: string; readonly reason: string }

const canPin = spawnSync('taskset', ['--version']).status === 0

/**
 * Starts a contestant and waits until it is warm. With `core`, if `taskset` is available, it runs on that core only,
 * so that libraries cannot use more threads.
 */
export async function startContestant(given: ContestantCommand, core: number | null): Promise<Contestant | Absent> {
  const { name, command, args, environment } = given
  const pinned = core !== null && canPin && core < availableParallelism()
  const [file, ...rest] = pinned ? ['taskset', '-c', String(core), command, ...args] : [command, ...args]
  const child = spawn(file ?? command, rest, { env: { ...process.env, ...environment } })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4_000)))
  const ended = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      errors += error.message
      resolve()
    })
    child.on('close', () => resolve())
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const first = await lines.next()
  if (first.done === true) {
    await ended
    return { name, reason: errors.trim().split('\n').at(-1) ?? 'it ended without a word' }
  }
  const { version } = JSON.parse(first.value) as { version: string }
  return {
    name,
    version,
    async measure(repetitions) {
      child.stdin.write(`${repetitions}\n`)
      const line = await lines.next()
      if (line.done === true) throw new Error(`${name} ended: ${errors}`)
      const { wallMs, cpuMs, ...rest } = JSON.parse(line.value) as Timing
      return { wallMs: wallMs / repetitions, cpuMs: cpuMs / repetitions, ...rest }
    },
    async close() {
      child.stdin.end()
      await ended
    },
  }
}

export const isAbsent = (contestant: Contestant | Absent): contestant is Absent => 'reason' in contestant
export const isPresent = (contestant: Contestant | Absent): contestant is Contestant => !isAbsent(contestant)
