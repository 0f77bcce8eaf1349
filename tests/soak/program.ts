import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { descendants, signal } from '../embedded.ts'

/** One of our programs, started again whenever it ends, as a supervisor does. */
export type Program = {
  /** False if it has ended and is about to be started again. */
  signal(name: NodeJS.Signals): boolean
  /** Kills its child processes, which are a worker's trainers; false if it has none. */
  killChildren(): boolean
  /** The latest lines of its output. */
  tail(): string
  stop(): Promise<void>
}

const root = path.resolve(import.meta.dirname, '../..')
const restartPauseMs = 250
const keptCharacters = 20_000

/** `file`: its path in the repository, such as `apps/worker/src/main.ts`. */
export function keepRunning(file: string, environment: Readonly<Record<string, string>>): Program {
  let stopping = false
  let output = ''
  const start = () =>
    startProcess(file, environment, (text) => {
      output = (output + text).slice(-keptCharacters)
    })
  let child = start()

  async function supervise(): Promise<void> {
    for (;;) {
      await once(child, 'exit')
      if (stopping) return
      await delay(restartPauseMs)
      if (stopping) return
      child = start()
    }
  }
  const ended = supervise()

  return {
    signal: (name) => child.kill(name),
    killChildren() {
      const children = descendants(child.pid ?? 0)
      for (const pid of children) signal(pid, 'SIGKILL')
      return children.length > 0
    },
    tail: () => output,
    async stop() {
      stopping = true
      const trainers = descendants(child.pid ?? 0)
      for (const name of ['SIGCONT', 'SIGKILL'] as const) child.kill(name)
      await ended
      for (const pid of trainers) signal(pid, 'SIGKILL')
    },
  }
}

function startProcess(
  file: string,
  environment: Readonly<Record<string, string>>,
  write: (text: string) => void,
): ChildProcess {
  const env = { PATH: process.env['PATH'], ...environment }
  const started = spawn(process.execPath, [path.join(root, file)], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [started.stdout, started.stderr]) stream.on('data', (chunk: Buffer) => write(chunk.toString()))
  return started
}
