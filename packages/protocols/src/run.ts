import type { ProtocolExecutors } from '@goalpost/experiments'
import { registry } from './registry.ts'

/** The executors of one protocol; rejects if there is none of that name. */
export async function loadExecutors(protocol: string): Promise<ProtocolExecutors> {
  const registration = registry.find((candidate) => candidate.protocol.name === protocol)
  if (registration === undefined) throw new Error(`Unknown protocol ${protocol}`)
  return (await registration.executors()).executors
}
