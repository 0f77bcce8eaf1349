import type { Protocol, ProtocolExecutors } from '@goalpost/experiments'
import { goodhart } from './goodhart/index.ts'
import { rlShift } from './rl-shift/index.ts'

type Registration = {
  readonly protocol: Protocol
  /** Loads what executes the tasks, tensor libraries included: called in trainer processes only. */
  readonly executors: () => Promise<{ executors: ProtocolExecutors }>
}

/** Adding a protocol: its folder, and one line here. */
export const registry: readonly Registration[] = [
  { protocol: rlShift, executors: () => import('./rl-shift/run.ts') },
  { protocol: goodhart, executors: () => import('./goodhart/run.ts') },
]
