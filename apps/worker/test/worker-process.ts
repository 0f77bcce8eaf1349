import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export type WorkerProcess = {
  readonly pid: number
  signal(signal: NodeJS.Signals): void
  /** Resolves to exit code or signal. */
  readonly ended: Promise<number | NodeJS.Signals>
  trainerPids(): number[]
  output(): string
}

type Environment = Readonly<Record<string, string | undefined>>

const drillWorker = fileURLToPath(new URL('./drill-worker.ts', import.meta.url))

/** Starts a worker program like an operator: configured by its environment. */
export function startWorkerProcess(environment: Environment, program: string = drillWorker): WorkerProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program], {
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const pid = child.pid!
  return {
    pid,
    signal: (signal) => void child.kill(signal),
    ended: once(child, 'close').then(([code, signal]) => (signal ?? code) as number | NodeJS.Signals),
    trainerPids: () => childrenOf(pid),
    output: () => output,
  }
}

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

function childrenOf(parent: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=']).toString().trim().split('\n')
  const pairs = table.map((line) => line.trim().split(/\s+/).map(Number))
  return pairs.filter(([, ppid]) => ppid === parent).map(([pid]) => pid!)
}
