import { createOccasionalThread } from '../occasional-thread.ts'
import type { GateThreadSetting } from './gate-thread.ts'

export type GateStepping = {
  /** Takes every step of gate runs that is due; resolves to their number. */
  step(): Promise<number>
  close(): Promise<void>
}

/** Planning and reading the evidence take up to seconds. */
export function createGateStepping(setting: GateThreadSetting): GateStepping {
  const file = new URL('./gate-thread.ts', import.meta.url)
  const work = { file, name: 'stepGates', failure: 'Gate runs could not be continued' }
  const { run: step, close } = createOccasionalThread(work, setting)
  return { step, close }
}
