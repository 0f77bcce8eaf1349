import type { RequestedResources } from '@goalpost/contracts'
import type { ChosenEngine } from '@goalpost/submission'
import { drillProtocol } from './drill-protocol.ts'

export const protocols = new Map([[drillProtocol.name, drillProtocol]])

/** The engine of drill-worker.ts. */
export function engineFor({ threads }: RequestedResources): ChosenEngine {
  return { name: 'tfjs:wasm', build: '1', threads, device: 'cpu' }
}
