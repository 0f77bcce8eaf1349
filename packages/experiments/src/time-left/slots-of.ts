import type { WorkerView } from '@goalpost/contracts'
import type { Slots } from './play-out.ts'

/** The slots of all live workers together. */
export function slotsOf(workers: readonly Pick<WorkerView, 'queues'>[]): Slots {
  const queues = workers.flatMap((worker) => worker.queues)
  return {
    any: queues.reduce((sum, { slots }) => sum + slots, 0),
    short: queues.reduce((sum, { shortSlots = 0 }) => sum + shortSlots, 0),
  }
}
