import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fromTrainer } from '@goalpost/contracts'
import type { FromTrainer, ToTrainer } from '@goalpost/contracts'

export type TrainerExit = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

/** Receives the events of one trainer during one task. */
export type TrainerListener = {
  onMessage(message: FromTrainer): void
  /** A line on standard output or standard error, from libraries and crashes. */
  onOutput(stream: 'stdout' | 'stderr', line: string): void
  /** The process has ended, and all its output was delivered. */
  onExit(exit: TrainerExit): void
}

/** A trainer child process. It executes one task at a time. */
export type TrainerProcess = {
  readonly pid: number | undefined
  isAlive(): boolean
  /** Replaces the listener; null while no task runs. */
  listen(listener: TrainerListener | null): void
  send(message: ToTrainer): void
  /** Resolves when it has ended. SIGKILL, as checkpoints are a trainer's only state. */
  kill(): Promise<void>
}

export type TrainerProgram = { readonly entry: string; readonly artifactsUrl: string }

/** Starts a trainer. A message outside the contract counts as a crash. */
export function startTrainer({ entry, artifactsUrl }: TrainerProgram): TrainerProcess {
  const child = fork(entry, [artifactsUrl], {
    // Preserves NaN, which JSON would turn into null.
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  let listener: TrainerListener | null = null
  const alive = () => child.exitCode === null && child.signalCode === null && child.pid !== undefined
  const exited = exitOf(child)

  child.on('message', (message) => {
    const parsed = fromTrainer.safeParse(message)
    if (parsed.success) return listener?.onMessage(parsed.data)
    listener?.onOutput('stderr', `The trainer sent an invalid message: ${parsed.error.message}`)
    child.kill('SIGKILL')
  })
  for (const stream of ['stdout', 'stderr'] as const) {
    onLine(child[stream], (line) => listener?.onOutput(stream, line))
  }
  void exited.then((exit) => listener?.onExit(exit))

  return {
    pid: child.pid,
    isAlive: alive,
    listen: (next) => void (listener = next),
    // Errors of a process that is ending: `onExit` reports it.
    send: (message) => void (child.connected && child.send(message, () => undefined)),
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** `close` rather than `exit`, to include the last output on standard error. */
function exitOf(child: ChildProcess): Promise<TrainerExit> {
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }))
    // The program could not be started or killed.
    child.on('error', () => (child.pid === undefined ? resolve({ code: null, signal: null }) : undefined))
  })
}

function onLine(stream: Readable | null, tell: (line: string) => void): void {
  if (stream === null) return
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', tell)
}
