import { plural } from './text.ts'

/** A worker is a process; its capacity is counted in tasks at a time everywhere. */
export function slotsText(slots: number): string {
  return `${plural(slots, 'task')} at a time`
}
