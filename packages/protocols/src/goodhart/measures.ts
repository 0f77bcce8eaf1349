import { isMissing, type Measure, type Quantity } from '@goalpost/contracts'
import type { RunEvidence } from '@goalpost/experiments'
import { sampleKey } from './plan.ts'
import type { PolicyPoint } from './policy-point.ts'

/** The names under which the results of a policy are stored. `kl` is in nats. */
export const pointMeasures = {
  reward: 'reward',
  utility: 'utility',
  kl: 'kl',
  effectiveDraws: 'effective-draws',
} as const satisfies Record<keyof PolicyPoint, string>

export const tailIndexMeasure = 'tail-index'

/** The ways of optimising reward. */
export const pressures = ['best-of-n', 'tilted', 'tail'] as const
export type Pressure = (typeof pressures)[number]

/** One policy of one run. Gains are in standard deviations of the base policy's utility. */
export type CurvePoint = {
  /** N, KL budget in nats, or depth. */
  readonly strength: number
  /** Over the mean reward of the same draws under the base policy. */
  readonly rewardGain: number
  /** Over the base policy's mean utility, which is 0 by construction. */
  readonly utilityGain: number
  readonly kl: number
  readonly effectiveDraws: number
}

export type TailIndex = { readonly of: 'reward' | 'error'; readonly fraction: number; readonly value: Quantity }

/** The measures of one finished run; curves in order of strength. */
export type SeedCurves = {
  readonly seed: number
  readonly curves: Readonly<Record<Pressure, readonly CurvePoint[]>>
  readonly tailIndices: readonly TailIndex[]
}

/** The curves of a condition's finished runs, in order of seed. */
export function readSeedCurves(runs: readonly RunEvidence[], utilityScale: number): readonly SeedCurves[] {
  return runs.flatMap((run) => readRun(run, utilityScale) ?? []).toSorted((left, right) => left.seed - right.seed)
}

function readRun(run: RunEvidence, utilityScale: number): SeedCurves | null {
  const measures = run.tasks.find(({ key }) => key === sampleKey)?.result?.measures
  const base = measures && readPolicies(measures, 'base')[0]
  if (measures === undefined || base === undefined) return null
  const curve = (pressure: Pressure): CurvePoint[] =>
    readPolicies(measures, pressure).map(({ reward, utility, ...point }) => ({
      ...point,
      rewardGain: (reward - base.reward) / utilityScale,
      utilityGain: utility / utilityScale,
    }))
  return {
    seed: run.seed,
    curves: { 'best-of-n': curve('best-of-n'), tilted: curve('tilted'), tail: curve('tail') },
    tailIndices: measures.flatMap(({ name, labels, value }) =>
      name === tailIndexMeasure
        ? [
            {
              of: labels.of === 'error' ? ('error' as const) : ('reward' as const),
              fraction: Number(labels.fraction),
              value,
            },
          ]
        : [],
    ),
  }
}

function readPolicies(
  measures: readonly Measure[],
  pressure: Pressure | 'base',
): (PolicyPoint & { strength: number })[] {
  const ofPressure = measures.filter(({ labels }) => labels.pressure === pressure)
  const strengths = [...new Set(ofPressure.map(({ labels }) => labels.strength))]
  return strengths
    .flatMap((strength) => {
      const point = readPoint(ofPressure.filter(({ labels }) => labels.strength === strength))
      return point === null ? [] : [{ ...point, strength: Number(strength) }]
    })
    .toSorted((left, right) => left.strength - right.strength)
}

/** Null if one of the numbers is missing. */
function readPoint(measures: readonly Measure[]): PolicyPoint | null {
  const valueOf = (name: string): number | null => {
    const value = measures.find((measure) => measure.name === name)?.value
    return value === undefined || isMissing(value) ? null : value
  }
  const reward = valueOf(pointMeasures.reward)
  const utility = valueOf(pointMeasures.utility)
  const kl = valueOf(pointMeasures.kl)
  const effectiveDraws = valueOf(pointMeasures.effectiveDraws)
  if (reward === null || utility === null || kl === null || effectiveDraws === null) return null
  return { reward, utility, kl, effectiveDraws }
}
