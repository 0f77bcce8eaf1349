import { readFileSync } from 'node:fs'

/** Of Linux, in all common configurations. */
const ticksPerSecond = 100

/** The processor time of one process and its ended children so far, in milliseconds: fields 14 to 17 of proc(5). */
export function processTimeMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * (1_000 / ticksPerSecond)
}
