import type { Rng } from '@goalpost/random'
import { z } from 'zod'

const scale = z
  .number()
  .min(1e-6)
  .max(1e6)
  .default(1)
  .describe('Multiplies the error. 1 beside a utility of scale 1 means errors of the size of the utility itself')

/** dof and index must exceed 1: else the base policy and policies near it have no mean reward. */
const aboveOne = z
  .number()
  .max(200)
  .refine(
    (value) => value >= 1.05,
    'must be at least 1.05: at 1 and below the error has no mean, and no policy a mean reward',
  )
  .meta({ minimum: 1.05 })

const normal = z.strictObject({ distribution: z.literal('normal'), scale })
const studentT = z.strictObject({
  distribution: z.literal('student-t'),
  dof: aboveOne.default(3).describe('Degrees of freedom ν: the tail falls off as x^−ν'),
  scale,
})
const lognormal = z.strictObject({
  distribution: z.literal('lognormal'),
  // Above 4 a single draw outweighs a million others together.
  sigma: z.number().min(0.05).max(4).default(1).describe('Standard deviation of the logarithm'),
  scale,
})
const pareto = z.strictObject({
  distribution: z.literal('pareto'),
  index: aboveOne.default(2).describe('Tail index α: P(X > x) = (scale/x)^α for x ≥ scale'),
  scale,
})

export const errorDistribution = z.discriminatedUnion('distribution', [normal, studentT, lognormal, pareto], {
  error: 'distribution must be one of normal, student-t, lognormal, pareto',
})
export type ErrorDistribution = z.infer<typeof errorDistribution>

/** The schema of each distribution, for the catalog. */
export const errorDistributionSchemas = { normal, 'student-t': studentT, lognormal, pareto } as const

/** Draws one error. Consumes a varying number of words from `random`. */
export function drawError(error: ErrorDistribution, random: Rng): number {
  switch (error.distribution) {
    case 'normal':
      return error.scale * random.normal()
    case 'student-t':
      return error.scale * drawStudentT(error.dof, random)
    case 'lognormal':
      return error.scale * Math.exp(error.sigma * random.normal())
    case 'pareto':
      return error.scale * drawOpenUniform(random) ** (-1 / error.index)
  }
}

/**
 * Polar generation of Student-t variates, exact for every ν > 0 (Bailey, Mathematics of Computation 62, 1994). `expm1`
 * keeps large ν accurate, where w^(−2/ν) approaches 1.
 */
function drawStudentT(dof: number, random: Rng): number {
  let x = 0
  let w = 0
  do {
    x = 2 * drawOpenUniform(random) - 1
    const y = 2 * drawOpenUniform(random) - 1
    w = x * x + y * y
  } while (w >= 1 || w === 0)
  return x * Math.sqrt((dof * Math.expm1((-2 / dof) * Math.log(w))) / w)
}

/** Uniform in the open interval (0, 1): the half step excludes 0, whose power would be infinite. */
function drawOpenUniform(random: Rng): number {
  return (random.word() + 0.5) * 2 ** -32
}

/**
 * The index α of a power-law tail, P(X > x) ~ x^−α. Null if the tail falls off faster than every power: the
 * lognormal's, which is still heavy (no exponential moment), and the normal's, which is light.
 */
export function tailIndexOf(error: ErrorDistribution): number | null {
  if (error.distribution === 'student-t') return error.dof
  if (error.distribution === 'pareto') return error.index
  return null
}

/** Whether E[exp(βX)] is infinite for every β > 0, as the theorem on KL-regularised optimisation requires. */
export function isHeavyTailed(error: ErrorDistribution): boolean {
  return error.distribution !== 'normal'
}

/** The distribution and its parameters in one line, e.g. `student-t (ν = 3, scale 1)`. */
export function describeError(error: ErrorDistribution): string {
  switch (error.distribution) {
    case 'normal':
      return `normal (scale ${error.scale})`
    case 'student-t':
      return `student-t (ν = ${error.dof}, scale ${error.scale})`
    case 'lognormal':
      return `lognormal (σ = ${error.sigma}, scale ${error.scale})`
    case 'pareto':
      return `pareto (α = ${error.index}, scale ${error.scale})`
  }
}
