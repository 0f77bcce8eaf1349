import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import type { BoundedLog } from './bounded-log.ts'

export type NodeProgram = {
  readonly path: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: BoundedLog
}

/**
 * Starts one of our programs. It gets a process group of its own, so that Ctrl-C in a terminal reaches the supervisor
 * alone and the order of stopping stays in its hands; and an IPC channel, by whose end it notices that we are gone.
 */
export function startNodeProgram(program: NodeProgram): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program.path], {
    env: program.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  child.stdout?.on('data', (chunk: Buffer) => program.log.write(chunk))
  child.stderr?.on('data', (chunk: Buffer) => program.log.write(chunk))
  return waitForSpawn(child)
}

export function waitForSpawn(child: ChildProcess): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child))
    child.once('error', reject)
  })
}
