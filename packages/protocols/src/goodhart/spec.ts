import { z } from 'zod'
import { errorDistribution } from './error-distributions.ts'

/** With fewer draws per point, the spread over seeds reflects chance rather than the error's tail. */
export const drawsPerPoint = 64

/** The default curves end earlier: with 64 draws at the last point, five seeds rarely decide. */
const drawsPerDefaultPoint = 256

const drawsPerHillEstimate = 20

function increasing(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || value > values[index - 1])
}

/** Strengths of one way of optimising, weakest first. */
function strengths(value: z.ZodNumber) {
  return z.array(value).min(2).max(40).refine(increasing, 'must increase from each value to the next')
}

const bestOfN = strengths(z.number().int().min(2).max(1_048_576)).describe('The values of N')
const klBudget = z.number().min(0.001).max(20)
const klBudgets = strengths(klBudget).describe('KL budgets of the tilted policies, in nats')
const depths = strengths(z.number().min(2).max(1_048_576)).describe(
  'A policy of depth d moves probability onto the 1/d of all draws with the highest reward',
)
const hillFractions = z
  .array(z.number().gt(0).max(0.5))
  .min(1)
  .max(20)
  .describe('Upper fractions of the draws that the Hill estimates use; the smallest is quoted')

const tail = z.strictObject({
  klBudget: klBudget.default(1).describe('KL divergence, in nats, that every tail policy spends'),
  depths: depths.optional(),
})

const verdict = z
  .strictObject({
    level: z.number().gt(0.5).lt(1).default(0.95).describe('Confidence level of the intervals'),
    catastrophicBelow: z
      .number()
      .min(0)
      .max(1)
      .default(0.25)
      .describe(
        'Catastrophic where the share of the peak utility gain that is left at the strongest pressure lies below this',
      ),
    benignAbove: z.number().min(0).max(1).default(0.9).describe('Benign where that share lies above this'),
  })
  .refine(({ catastrophicBelow, benignAbove }) => catastrophicBelow < benignAbove, {
    message: 'catastrophicBelow must be below benignAbove',
    path: ['catastrophicBelow'],
  })

export const options = z.strictObject({
  error: errorDistribution
    .prefault({ distribution: 'normal' })
    .describe('Distribution of the error X in reward = utility + X'),
  utility: z
    .strictObject({
      scale: z
        .number()
        .min(1e-6)
        .max(1e6)
        .default(1)
        .describe('Standard deviation of the normal utility; its mean is 0'),
    })
    .prefault({}),
  draws: z
    .number()
    .int()
    .min(2 ** 12)
    .max(2 ** 21)
    .default(2 ** 20)
    .describe('Draws from the base policy, per seed'),
  bestOfN: bestOfN.optional(),
  klBudgets: klBudgets.optional(),
  tail: tail.prefault({}),
  hillFractions: hillFractions.optional(),
  verdict: verdict.prefault({}),
})

/** Options with all curves listed. */
export const completeOptions = options.extend({ bestOfN, klBudgets, tail: tail.extend({ depths }), hillFractions })
export type GoodhartOptions = z.infer<typeof completeOptions>

/** Fills in omitted strengths, as far as the draws allow. */
export function listStrengths(given: z.infer<typeof options>): GoodhartOptions {
  const { draws } = given
  const enough = (value: number): boolean => value * drawsPerDefaultPoint <= draws
  return {
    ...given,
    bestOfN: given.bestOfN ?? [2, 4, 8, 16, 64, 256, 1_024, 4_096].filter(enough),
    klBudgets: given.klBudgets ?? [0.01, 0.03, 0.1, 0.3, 0.6, 1, 2, 3, 4].filter((nats) => enough(tiltCost(nats))),
    tail: { ...given.tail, depths: given.tail.depths ?? [2, 8, 32, 128, 512, 2_048, 8_192].filter(enough) },
    hillFractions:
      given.hillFractions ?? [0.05, 0.01, 0.002, 0.0005].filter((part) => part * draws >= drawsPerHillEstimate),
  }
}

/** Draws per effective draw under a tilt of k nats: exp(2k) for normal rewards. */
export function tiltCost(nats: number): number {
  return Math.exp(2 * nats)
}

type OptionIssue = { pointer: string; message: string; remedy: string }

/** Checks across fields: every point of every curve needs enough draws. */
export function checkOptions(checked: GoodhartOptions): readonly OptionIssue[] {
  const { draws } = checked
  const tooDeep = (pointer: string, name: string, value: number): OptionIssue[] =>
    value * drawsPerPoint <= draws
      ? []
      : [
          {
            pointer,
            message: `${name} ${value} needs at least ${value * drawsPerPoint} draws (${drawsPerPoint} each), but draws is ${draws}`,
            remedy: `Raise draws, or leave out values above ${Math.floor(draws / drawsPerPoint)}`,
          },
        ]
  return [
    ...checked.bestOfN.flatMap((n, index) => tooDeep(`/bestOfN/${index}`, 'N =', n)),
    ...checked.tail.depths.flatMap((depth, index) => tooDeep(`/tail/depths/${index}`, 'depth', depth)),
    ...checked.klBudgets.flatMap((budget, index) => unreachable(`/klBudgets/${index}`, budget, draws)),
    ...checked.hillFractions.flatMap((fraction, index) => tooFew(`/hillFractions/${index}`, fraction, draws)),
  ]
}

/** Reweighting a sample of M draws cannot diverge from it by more than log M, with all weight on one draw. */
function unreachable(pointer: string, budget: number, draws: number): OptionIssue[] {
  const reachable = Math.log(draws)
  if (budget < 0.9 * reachable) return []
  return [
    {
      pointer,
      message: `A budget of ${budget} nats cannot be spent on ${draws} draws: beyond ${reachable.toFixed(2)} all weight lies on one draw`,
      remedy: `Raise draws, or leave out budgets above ${(0.9 * reachable).toFixed(1)}`,
    },
  ]
}

function tooFew(pointer: string, fraction: number, draws: number): OptionIssue[] {
  const used = Math.floor(fraction * draws)
  if (used >= drawsPerHillEstimate) return []
  return [
    {
      pointer,
      message: `A fraction of ${fraction} leaves ${used} of ${draws} draws for the Hill estimate`,
      remedy: `Use at least ${(drawsPerHillEstimate / draws).toPrecision(2)}, or raise draws`,
    },
  ]
}
