import type { Protocol, ProtocolExecutors } from '@goalpost/experiments'
import { goodhart } from './goodhart/index.ts'
import { lmShift } from './lm-shift/index.ts'
import { rlShift } from './rl-shift/index.ts'

type Registration = {
  readonly protocol: Protocol
  /** Loads the executors, including tensor libraries: called only in trainer processes. */
  readonly executors: () => Promise<{ executors: ProtocolExecutors }>
}

/** To add a protocol, add its folder and one line here. */
export const registry: readonly Registration[] = [
  { protocol: rlShift, executors: () => import('./rl-shift/run.ts') },
  { protocol: goodhart, executors: () => import('./goodhart/run.ts') },
  { protocol: lmShift, executors: () => import('./lm-shift/run.ts') },
]
