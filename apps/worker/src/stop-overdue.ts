import type { Deadlines } from '@goalpost/experiments'
import { takeDue } from './take-due.ts'

/**
 * Stops the experiments whose deadline has passed; resolves to their number. One that cannot be stopped holds up no
 * other.
 */
export function stopOverdue({ overdue, stop }: Deadlines): Promise<number> {
  return takeDue({ read: overdue, step: stop })
}
