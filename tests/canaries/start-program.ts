import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

/** One of our programs, with all that it has written. */
export type RunningProgram = {
  readonly pid: number | undefined
  output(): string
  /** Resolves to its exit code. */
  readonly ended: Promise<number | null>
  stop(): Promise<void>
}

/** `file`: its path in the repository, such as `apps/worker/src/main.ts`. */
export function startProgram(file: string, environment: Readonly<Record<string, string>>): RunningProgram {
  const env = { PATH: process.env['PATH'], ...environment }
  const child = spawn(process.execPath, [path.join(root, file)], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = once(child, 'close').then(([code]: (number | null)[]) => code ?? null)
  return {
    pid: child.pid,
    output: () => output,
    ended,
    async stop() {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await ended
      clearTimeout(timer)
    },
  }
}
