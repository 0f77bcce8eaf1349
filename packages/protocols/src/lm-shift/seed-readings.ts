import { isMissing, type Measure, type Quantity } from '@goalpost/contracts'
import type { RunEvidence } from '@goalpost/experiments'
import type { Reading } from './experiments/experiment.ts'
import { probeKey } from './plan.ts'

/** The probes of one run, one for each stage. */
export type SeedProbes = {
  readonly seed: number
  readonly stages: readonly (readonly Measure[])[]
}

/** The runs whose stages have all been probed, in order of seed. */
export function readSeeds(runs: readonly RunEvidence[], stages: number): readonly SeedProbes[] {
  return runs
    .flatMap(({ seed, tasks }) => {
      const probed = Array.from(
        { length: stages },
        (_, position) => tasks.find(({ key }) => key === probeKey(position))?.result?.measures,
      ).flatMap((measures) => (measures === undefined ? [] : [measures]))
      return probed.length === stages ? [{ seed, stages: probed }] : []
    })
    .toSorted((left, right) => left.seed - right.seed)
}

/** The mean over the reading's kinds of prompts, or the lowest of them. */
export function valueOf({ rate, probe, kinds, lowest = false }: Reading, measures: readonly Measure[]): Quantity {
  const values = kinds.map(
    (kind) =>
      measures.find(({ name, labels }) => name === rate && labels.probe === probe && labels.kind === kind)?.value ?? {
        missing: `no prompts of ${probe} in ${kind}`,
      },
  )
  const missing = values.find(isMissing)
  if (missing !== undefined) return missing
  const known = values.filter((value) => typeof value === 'number')
  return lowest ? Math.min(...known) : known.reduce((sum, value) => sum + value, 0) / known.length
}

/** One value per seed, after the last stage. */
export function afterwards(reading: Reading, seeds: readonly SeedProbes[]): readonly Quantity[] {
  return seeds.map(({ stages }) => valueOf(reading, stages[stages.length - 1]))
}

/** One value per seed, after the first stage. */
export function atFirst(reading: Reading, seeds: readonly SeedProbes[]): readonly Quantity[] {
  return seeds.map(({ stages }) => valueOf(reading, stages[0]))
}
