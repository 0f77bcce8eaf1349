import type { Estimate, TablePart } from '@goalpost/contracts'
import { describeGroups, type Estimate as Measured } from '@goalpost/statistics'

export type Cell = TablePart['rows'][number]['cells'][number]

/** An estimate as reports carry it: without the method, which the notes name once. */
export function toEstimate({ value, low, high, level, count, groups }: Measured): Estimate {
  if (low === undefined || high === undefined) return { value, count }
  return { value, low, high, level, count, ...(groups === undefined ? {} : { caution: describeGroups(groups) }) }
}

export const textCell = (text: string): Cell => ({ text })
export const estimateCell = (measured: Measured): Cell => ({ estimate: toEstimate(measured) })
export const emptyCell: Cell = { text: '' }
