import type { ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { errorMessage } from '@goalpost/contracts'
import type { BoundedLog } from './bounded-log.ts'

export type Supervised = {
  /** The pid of the current process; null between two processes. */
  pid(): number | null
  /** Sends the given signals, `graceMs` apart, until the process ends. Never restarts it. */
  stop(): Promise<void>
  /** Skips the grace period: for a second Ctrl-C. */
  kill(): void
}

export type ProcessPlan = {
  readonly name: string
  readonly log: BoundedLog
  spawn(): Promise<ChildProcess>
  /** A graceful signal first, a forceful one last. */
  readonly signals: readonly [NodeJS.Signals, NodeJS.Signals]
  readonly graceMs: number
  /** Called when the process ended without being stopped. */
  onCrash(text: string): void
}

const backoff = { firstMs: 250, maxMs: 30_000, resetAfterMs: 60_000 }

/** Starts a process and restarts it with increasing delays when it ends unexpectedly. */
export async function supervise(plan: ProcessPlan): Promise<Supervised> {
  const stopping = new AbortController()
  let child: ChildProcess | null = await plan.spawn()
  let failures = 0

  async function keepAlive(): Promise<void> {
    while (child !== null) {
      const startedAt = performance.now()
      const end = await waitForExit(child)
      child = null
      if (stopping.signal.aborted) return
      if (performance.now() - startedAt > backoff.resetAfterMs) failures = 0
      const waitMs = Math.min(backoff.maxMs, backoff.firstMs * 2 ** failures++)
      plan.onCrash(`${plan.name} ended (${end}); restarting it in ${waitMs / 1000} s`)
      child = await respawn(waitMs)
    }
  }

  async function respawn(waitMs: number): Promise<ChildProcess | null> {
    let pauseMs = waitMs
    while (!stopping.signal.aborted) {
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return null
      try {
        return await plan.spawn()
      } catch (error) {
        pauseMs = Math.min(backoff.maxMs, backoff.firstMs * 2 ** failures++)
        plan.onCrash(`${plan.name} could not be started (${errorMessage(error)}); next try in ${pauseMs / 1000} s`)
      }
    }
    return null
  }

  const ended = keepAlive()
  return {
    pid: () => child?.pid ?? null,
    kill: () => void child?.kill(plan.signals[1]),
    async stop() {
      stopping.abort()
      await stopProcess(() => child, plan, ended)
    },
  }
}

async function stopProcess(current: () => ChildProcess | null, plan: ProcessPlan, ended: Promise<void>): Promise<void> {
  current()?.kill(plan.signals[0])
  const timer = setTimeout(() => {
    plan.log.line(`${plan.name} did not stop within ${plan.graceMs / 1000} s`)
    current()?.kill(plan.signals[1])
  }, plan.graceMs)
  // A respawn in progress returns its child only after the stop has begun.
  const late = setInterval(() => current()?.kill(plan.signals[0]), 1_000)
  await ended
  clearTimeout(timer)
  clearInterval(late)
}

function waitForExit(child: ChildProcess): Promise<string> {
  if (child.exitCode !== null || child.signalCode !== null)
    return Promise.resolve(describeExit(child.exitCode, child.signalCode))
  return new Promise((resolve) => child.once('exit', (code, signal) => resolve(describeExit(code, signal))))
}

export function describeExit(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `exit code ${code}` : `signal ${signal}`
}
