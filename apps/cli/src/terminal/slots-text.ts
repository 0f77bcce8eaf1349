import { plural } from './text.ts'

/** Capacity is always given as concurrent tasks, since a worker is one process. */
export function slotsText(slots: number): string {
  return `${plural(slots, 'task')} at a time`
}
