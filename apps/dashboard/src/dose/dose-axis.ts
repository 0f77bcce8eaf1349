import { createAxis, type Axis } from '@goalpost/report-view'

/** Room for zero beside a log axis, as a share of the width. */
const zeroRoom = 0.14
/** Doses that span less are as clear on a linear axis. */
const leastRatio = 10

/** A log axis where doses span orders of magnitude; zero, which it lacks, stands left of a gap. */
export type DoseAxis = Pick<Axis, 'place'> & {
  readonly isLog: boolean
  /** Where the axis is interrupted; null without a gap. */
  readonly gap: number | null
  readonly ticks: readonly number[]
}

/** `counted` doses, such as versions, are on a linear axis whose marks are whole numbers. */
export function doseAxis(doses: readonly number[], { counted = false } = {}): DoseAxis {
  const positive = doses.filter((dose) => dose > 0)
  const isLog =
    !counted && doses.every((dose) => dose >= 0) && Math.max(...positive) / Math.min(...positive) >= leastRatio
  if (!isLog) {
    const { place, ticks } = createAxis(doses, 'linear')
    return { place, isLog, gap: null, ticks: counted ? ticks.filter(Number.isInteger) : ticks }
  }
  const log = createAxis(positive, 'log')
  const hasZero = doses.includes(0)
  const start = hasZero ? zeroRoom : 0
  return {
    isLog,
    gap: hasZero ? zeroRoom / 2 : null,
    // Every dose is marked: a grid has few.
    ticks: [...new Set(doses)].toSorted((a, b) => a - b),
    place: (dose) => (dose === 0 ? 0 : start + (1 - start) * log.place(dose)),
  }
}
