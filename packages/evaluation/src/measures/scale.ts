import type { Quantity } from '@goalpost/statistics'

/** A reference policy's value; undefined if it was not run. */
export type ScaleEnd = { readonly name: string; readonly value: number | undefined }

/** A scale from the largest of some reference policies (0) to another one (1). */
export type Scale = {
  readonly zero: readonly ScaleEnd[]
  readonly one: ScaleEnd
  /** A shorter scale gives a missing value with the reason. */
  readonly minAnchorGap: number
  /** The reason for a missing number, if a mean is NaN. */
  readonly nothing: string
}

export function placeOnScale(value: number, { zero, one, minAnchorGap, nothing }: Scale): Quantity {
  const absent = [...zero, one].find((end) => end.value === undefined)
  if (absent !== undefined) return { missing: `the ${absent.name} policy was not run` }
  if (Number.isNaN(value)) return { missing: nothing }
  const from = zero.reduce((best, each) => ((each.value ?? Number.NaN) > (best.value ?? Number.NaN) ? each : best))
  const [start, end] = [from.value ?? Number.NaN, one.value ?? Number.NaN]
  const gap = end - start
  if (Number.isNaN(gap)) return { missing: nothing }
  if (!(gap >= minAnchorGap))
    return {
      missing: `${from.name} (${start.toFixed(3)}) and ${one.name} (${end.toFixed(3)}) are closer than ${minAnchorGap}`,
    }
  return (value - start) / gap
}
