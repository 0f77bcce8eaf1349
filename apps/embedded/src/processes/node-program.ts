import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import type { BoundedLog } from './bounded-log.ts'

export type NodeProgram = {
  readonly path: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: BoundedLog
}

/**
 * Starts one of our programs in its own process group, so that Ctrl-C in a terminal reaches only the supervisor,
 * which stops programs in order, and with an IPC channel, whose end shows that the supervisor has ended.
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
