import { constants } from 'node:os'

/** How a process ended. bubblewrap ends with 128 and the number of the signal that ended the program in it. */
export function nameEnd(code: number | null, signal: string | null): string {
  const inside = Object.entries(constants.signals).find(([, number]) => code === 128 + number)
  return signal ?? inside?.[0] ?? `exit code ${code}`
}
