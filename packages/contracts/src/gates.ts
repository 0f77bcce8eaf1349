import { z } from 'zod'

/** What every new version of a model must still do. */

const ruleName = z
  .string()
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'must be lower-case letters, digits and hyphens, such as holds-in-shift',
  )

const share = (what: string) => z.number().gt(0).lt(1).describe(what)

const ruleBase = {
  name: ruleName,
  /** The condition of the spec that is watched. */
  condition: z.string().min(1).max(200),
  severity: z.enum(['fail', 'warn']).default('fail').describe('Effect of a violation on the gate run'),
}

/** What a measure is compared with: another version, an alias that is resolved at each run, or numbers kept from one. */
export const baseline = z.union([
  z.strictObject({ version: z.number().int().positive() }),
  z.strictObject({ alias: z.string().min(1).max(80) }),
  z.strictObject({ gateRun: z.uuid().describe('The values that this gate run measured') }),
])
export type Baseline = z.infer<typeof baseline>

export const verdictRule = z.strictObject({
  ...ruleBase,
  kind: z.literal('verdict'),
  never: z.array(z.string().min(1).max(64)).min(1).describe('Names of verdicts that violate the rule'),
  confirmations: z
    .number()
    .int()
    .min(1)
    .max(5)
    .default(2)
    .describe('A violation counts only if this many evaluations on different units show it'),
})

export const absoluteRule = z
  .strictObject({
    ...ruleBase,
    kind: z.literal('absolute'),
    measure: z.string().min(1).max(120),
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
  })
  .refine(({ atLeast, atMost }) => (atLeast === undefined) !== (atMost === undefined), 'needs either atLeast or atMost')

export const baselineRule = z.strictObject({
  ...ruleBase,
  kind: z.literal('baseline'),
  measure: z.string().min(1).max(120),
  against: baseline,
  margin: z
    .number()
    .nonnegative()
    .describe('How much worse than the baseline is still accepted, in units of the measure'),
})

export const gateRule = z.discriminatedUnion('kind', [verdictRule, absoluteRule, baselineRule])
export type GateRule = z.infer<typeof gateRule>
export type VerdictRule = z.infer<typeof verdictRule>
export type AbsoluteRule = z.infer<typeof absoluteRule>
export type BaselineRule = z.infer<typeof baselineRule>

/** Few units first, e.g. levels, more only while undecided. */
export const stages = z
  .strictObject({
    first: z.number().int().min(8).max(100_000).default(64).describe('Units of the first stage'),
    factor: z
      .number()
      .min(1.5)
      .max(16)
      .default(4)
      .describe('Each stage has this many times the units of the previous one'),
    budget: z.number().int().min(8).max(1_000_000).default(4_096).describe('Maximum number of units in all'),
  })
  .refine(({ first, budget }) => first <= budget, { path: ['first'], message: 'must not exceed the budget' })
export type Stages = z.infer<typeof stages>

export const gateStatistics = z.strictObject({
  falseAlarms: share(
    'Probability that the gate ever fails or warns without a violation, over all of its runs and measure rules together',
  ).default(0.05),
  falsePasses: share('Probability that one run passes a version which violates a measure rule').default(0.05),
})
export type GateStatistics = z.infer<typeof gateStatistics>

export const gateOutcome = z.enum(['pass', 'warn', 'fail', 'undecided'])
export type GateOutcome = z.infer<typeof gateOutcome>
