import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fromTrainer } from '@goalpost/contracts'
import type { FromTrainer, ToTrainer } from '@goalpost/contracts'

export type TrainerExit = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

/** Who is told what one trainer does while it works on one task. */
export type TrainerListener = {
  onMessage(message: FromTrainer): void
  /** A line on standard output or standard error, where libraries and crashes speak. */
  onOutput(stream: 'stdout' | 'stderr', line: string): void
  /** The process is gone, and all its output has been handed over. */
  onExit(exit: TrainerExit): void
}

/** A trainer child process. It executes one task at a time. */
export type TrainerProcess = {
  readonly pid: number | undefined
  isAlive(): boolean
  /** Replaces the listener; null while no task runs. */
  listen(listener: TrainerListener | null): void
  send(message: ToTrainer): void
  /** Resolves when it is gone. SIGKILL: a trainer has nothing to tidy up, its checkpoints are its only state. */
  kill(): Promise<void>
}

export type TrainerProgram = { readonly entry: string; readonly artifactsUrl: string }

/** Starts a trainer. Messages are checked: one that is not in the contract counts as a crash. */
export function startTrainer({ entry, artifactsUrl }: TrainerProgram): TrainerProcess {
  const child = fork(entry, [artifactsUrl], {
    // Keeps NaN a NaN, which JSON would turn into null.
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
    listener?.onOutput('stderr', `The trainer sent a message that is none: ${parsed.error.message}`)
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
    // Errors are those of a process that is ending: `onExit` tells.
    send: (message) => void (child.connected && child.send(message, () => undefined)),
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** `close` rather than `exit`: the last words on standard error are worth waiting for. */
function exitOf(child: ChildProcess): Promise<TrainerExit> {
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }))
    // The program could not be started at all, or not be killed.
    child.on('error', () => (child.pid === undefined ? resolve({ code: null, signal: null }) : undefined))
  })
}

function onLine(stream: Readable | null, tell: (line: string) => void): void {
  if (stream === null) return
  createInterface({ input: stream, crlfDelay: Infinity }).on('line', tell)
}
