import { z } from 'zod'
import { errorDistribution } from './error-distributions.ts'

/** Below this many draws behind a point its spread over seeds says more about luck than about the error's tail. */
export const drawsPerPoint = 64

function increasing(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || value > values[index - 1])
}

const bestOfN = z
  .array(
    z
      .number()
      .int()
      .min(2)
      .max(2 ** 20),
  )
  .min(2)
  .max(40)
  .refine(increasing, 'the values of N must increase')

const klBudgets = z
  .array(z.number().min(0.001).max(20))
  .min(2)
  .max(40)
  .refine(increasing, 'the KL budgets must increase')

const depths = z
  .array(
    z
      .number()
      .min(2)
      .max(2 ** 20),
  )
  .min(2)
  .max(40)
  .refine(increasing, 'the depths must increase')

const tail = z.strictObject({
  klBudget: z.number().min(0.001).max(20).default(1).describe('KL divergence, in nats, that every tail policy spends'),
  depths: depths
    .default([2, 8, 32, 128, 512, 2048, 8192])
    .describe('A policy of depth d moves probability onto the 1/d of all draws with the highest reward'),
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
    negligibleGain: z
      .number()
      .min(0)
      .max(1)
      .default(0.05)
      .describe("A utility gain below this many standard deviations of the base policy's utility counts as none"),
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
    .min(2 ** 10)
    .max(2 ** 22)
    .default(2 ** 20)
    .describe('Draws from the base policy, per seed'),
  bestOfN: bestOfN.default([2, 4, 8, 16, 64, 256, 1024, 4096]).describe('The values of N'),
  klBudgets: klBudgets
    .default([0.01, 0.03, 0.1, 0.3, 0.6, 1, 2, 3, 4])
    .describe('KL budgets of the tilted policies, in nats'),
  tail: tail.prefault({}),
  hillFractions: z
    .array(z.number().gt(0).max(0.5))
    .min(1)
    .max(20)
    .default([0.05, 0.01, 0.002, 0.0005])
    .describe('Upper fractions of the draws that the Hill estimates use; the last one is quoted'),
  verdict: verdict.prefault({}),
})
export type GoodhartOptions = z.infer<typeof options>

type OptionIssue = { pointer: string; message: string; remedy: string }

/** What a single field cannot say: every point of every curve must have enough draws behind it. */
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

/** Reweighting a sample of M draws cannot diverge from it by more than log M: all weight is on one draw by then. */
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
  if (used >= 20) return []
  return [
    {
      pointer,
      message: `A fraction of ${fraction} leaves ${used} of ${draws} draws for the Hill estimate`,
      remedy: `Use at least ${(20 / draws).toPrecision(2)}, or raise draws`,
    },
  ]
}
