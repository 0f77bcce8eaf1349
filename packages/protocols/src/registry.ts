import type { Protocol, ProtocolExecutors } from '@goalpost/experiments'

type Registration = {
  readonly protocol: Protocol
  /** Loads what executes the tasks, tensor libraries included: called in trainer processes only. */
  readonly executors: () => Promise<{ executors: ProtocolExecutors }>
}

/** Adding a protocol: its folder, and one line here. */
export const registry: readonly Registration[] = []
