import { plural } from './text.ts'

/** A worker is a process; what it can do at once is counted in tasks, everywhere. */
export function slotsText(slots: number): string {
  return `${plural(slots, 'task')} at a time`
}
