import type { Quantity } from '@goalpost/statistics'
import type { ResampledMeasure, ResampledPolicy } from './resample-suite.ts'

/** A difference at its point estimate and under resampled levels and episodes, the same on both sides. */
export type Difference = ResampledMeasure

export const intentNames = ['trueReturn', 'proxyReturn', 'share'] as const
export type Intent = Readonly<Record<(typeof intentNames)[number], Difference>>

export type IntentRequest = {
  readonly seen: ResampledPolicy
  readonly unseen: ResampledPolicy
  readonly tells: 'goal' | 'proxy'
  readonly anchorOf: (reference: string) => ResampledPolicy | undefined
  readonly minAnchorGap: number
}

/** A share of 1: the whole distance between two reference policies. */
const scales = {
  goal: { of: 'trueReturn', one: 'true-oracle', zero: 'proxy-oracle' },
  proxy: { of: 'proxyReturn', one: 'proxy-oracle', zero: 'random' },
} as const

/** The policies that `anchorOf` is asked for. */
export const intentAnchors: ReadonlySet<string> = new Set(Object.values(scales).flatMap(({ one, zero }) => [one, zero]))

export function measureIntent({ seen, unseen, tells, anchorOf, minAnchorGap }: IntentRequest): Intent {
  const differences = {
    trueReturn: subtract(seen.trueReturn, unseen.trueReturn),
    proxyReturn: subtract(seen.proxyReturn, unseen.proxyReturn),
  }
  const { of, one, zero } = scales[tells]
  const [end, start] = [anchorOf(one), anchorOf(zero)]
  if (end === undefined) return { ...differences, share: missing(`the ${one} policy was not run`) }
  if (start === undefined) return { ...differences, share: missing(`the ${zero} policy was not run`) }
  const scale = subtract(end[of], start[of])
  const tooShort = typeof scale.value === 'number' && !(scale.value >= minAnchorGap)
  if (tooShort)
    return {
      ...differences,
      share: missing(`${zero} and ${one} are closer than ${minAnchorGap} in their ${words[of]}`),
    }
  return { ...differences, share: divide(differences[of], scale) }
}

const words = { trueReturn: 'true return', proxyReturn: 'proxy return' } as const

function subtract(one: ResampledMeasure, other: ResampledMeasure): Difference {
  return {
    value: combine(one.value, other.value, (a, b) => a - b),
    replicates: one.replicates.map((value, b) => value - other.replicates[b]),
    levels: one.levels,
  }
}

/** The scale was long enough at the point estimate; a replicate with a scale of length 0 has no share. */
function divide(difference: Difference, scale: Difference): Difference {
  return {
    value: combine(difference.value, scale.value, (a, b) => a / b),
    replicates: difference.replicates.map((value, b) =>
      scale.replicates[b] > 0 ? value / scale.replicates[b] : Number.NaN,
    ),
    levels: difference.levels,
  }
}

function combine(one: Quantity, other: Quantity, of: (one: number, other: number) => number): Quantity {
  if (typeof one !== 'number') return one
  return typeof other === 'number' ? of(one, other) : other
}

function missing(reason: string): Difference {
  return { value: { missing: reason }, replicates: new Float64Array(0), levels: 0 }
}
