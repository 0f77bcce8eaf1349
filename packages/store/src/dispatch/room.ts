import type { Device, WorkerView } from '@goalpost/contracts'
import type { Lane } from '@goalpost/experiments'

/** How many tasks of one kind are on their way to a slot, or have one. */
export type InFlight = {
  readonly state: 'queued' | 'running'
  readonly short: boolean
  readonly lane: Lane
  readonly tasks: number
}

/** How many more jobs each lane of one device takes. */
export type Room = { readonly short: number; readonly any: number; readonly anyTakesShort: boolean }

/**
 * Jobs that wait for a slot, at most: enough for no slot to be idle until more are handed over, and no more, since what is
 * in the queue is taken first in, first out, whatever of higher priority or rank becomes ready meanwhile.
 */
const waitingPerSlot = 2

/**
 * Short tasks may have any slot, as long as long ones do not have or wait for them all: else a short one would wait for the
 * end of a long one. It is then for the slots that take nothing else. No limits until a worker has announced itself.
 */
export function roomFor(
  served: { readonly workers: readonly WorkerView[]; readonly device: Device },
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
