import type { Device, WorkerView } from '@goalpost/contracts'
import type { Lane } from '@goalpost/experiments'

/** How many tasks of one kind wait for a slot, or have one. */
export type InFlight = {
  readonly state: 'queued' | 'running'
  readonly short: boolean
  readonly lane: Lane
  readonly tasks: number
}

/** How many more jobs each lane of one device takes. */
export type Room = { readonly short: number; readonly any: number; readonly anyTakesShort: boolean }

/**
 * The most jobs that wait for each slot: enough that no slot is idle until more are added, and no more, since jobs
 * in the queue are first in, first out, even if tasks of higher priority or rank become ready meanwhile.
 */
const waitingPerSlot = 2

/**
 * Short tasks may use any slot, unless long ones have or wait for all of them: else a short one would wait for the
 * end of a long one. They then use only the slots for short tasks. No limits until a worker has announced itself.
 */
export function roomFor(
  served: { readonly workers: readonly Pick<WorkerView, 'queues'>[]; readonly device: Device },
  inFlight: readonly InFlight[],
  lookAhead: number,
): Room {
  const queues = served.workers.flatMap((worker) => worker.queues.filter(({ device }) => device === served.device))
  const slots = queues.reduce((sum, queue) => sum + queue.slots, 0)
  const shortSlots = queues.reduce((sum, queue) => sum + (queue.shortSlots ?? 0), 0)
  const count = (counts: (task: InFlight) => boolean) =>
    inFlight.filter(counts).reduce((sum, { tasks }) => sum + tasks, 0)
  const roomIn = (lane: Lane, waiting: number) =>
    Math.max(0, Math.min(lookAhead, waiting) - count((task) => task.state === 'queued' && task.lane === lane))
  return {
    short: roomIn('short', waitingPerSlot * shortSlots),
    any: roomIn('any', slots === 0 ? Number.POSITIVE_INFINITY : waitingPerSlot * slots),
    anyTakesShort: shortSlots === 0 || slots === 0 || count(({ short }) => !short) < slots,
  }
}
