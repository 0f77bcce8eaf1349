import { type Estimate, estimateDifference, mean } from '@goalpost/statistics'
import { estimateOverLevels } from './estimate-over-levels.ts'
import type { ResampledPolicy } from './resample-suite.ts'

/** The proxy's measure minus that of the control condition: over seeds, and for each seed minus the controls' mean. */
export type AboveControl = { readonly all: Estimate; readonly seeds: readonly Estimate[] }

type Settings = { readonly confidence: number; readonly levels: number }

/** Paired by level: replicate b resampled the same levels for policies and controls. */
export function compareWithControl(
  policies: readonly ResampledPolicy[],
  controls: readonly ResampledPolicy[],
  { confidence, levels }: Settings,
): AboveControl {
  const own = armOf(policies)
  const theirs = armOf(controls)
  if (own === null || theirs === null) {
    const value = { missing: controls.length === 0 ? 'there is no control to pair with' : 'nothing was counted' }
    const nothing: Estimate = { value, level: confidence, count: 0, method: 'none' }
    return { all: nothing, seeds: policies.map(() => nothing) }
  }
  const base = mean(theirs.values)
  const draws = theirs.replicates[0].map((_, b) => mean(theirs.replicates.map((values) => values[b])))
  return {
    all: estimateDifference(own, theirs, { confidence, levels }),
    seeds: own.values.map((value, seed) => {
      const replicates = own.replicates[seed].map((draw, b) => draw - draws[b])
      return estimateOverLevels({ value: value - base, replicates, levels }, levels, confidence)
    }),
  }
}

type Arm = { readonly values: readonly number[]; readonly replicates: readonly Float64Array[] }

/** Null if a seed has no number. */
function armOf(policies: readonly ResampledPolicy[]): Arm | null {
  const measures = policies.map(({ proxyPursuit }) => proxyPursuit)
  const values = measures.map(({ value }) => value).filter((value) => typeof value === 'number')
  if (values.length === 0 || values.length < measures.length) return null
  return { values, replicates: measures.map(({ replicates }) => replicates) }
}
