import { z } from 'zod'

const scale = z.enum(['log', 'linear'])

const probesPerRound = z.number().int().min(1).max(20)

/** The most values of one search: its interval is valid up to so many, and more seeds help more than more values. */
export const largestSearchBudget = 40

/** Looks for the value of an option at which a measure crosses a line, in rounds, instead of trying a whole grid. */
export const searchSpec = z
  .strictObject({
    over: z.string().min(1).max(200).describe('The option, as a dotted path, e.g. `train.rate`'),
    for: z.literal('threshold').default('threshold'),
    between: z.tuple([z.number(), z.number()]).describe('The ends of the range, ascending'),
    scale: scale.default('log'),
    integer: z.boolean().default(false).describe('Whether only whole numbers are tried'),
    measure: z.string().min(1).max(120).optional().describe("One of the protocol's measures; by default its first"),
    line: z
      .number()
      .optional()
      .describe("The height that the measure's mean over seeds crosses; by default the measure's own"),
    direction: z
      .enum(['rising', 'falling'])
      .default('rising')
      .describe('Whether the measure rises or falls over the line'),
    width: z
      .number()
      .positive()
      .describe('The width of the interval at which the search ends: a ratio on a log scale, else a difference'),
    budget: z
      .number()
      .int()
      .min(3)
      .max(largestSearchBudget)
      .default(12)
      .describe('The most values to try, for each condition'),
    perRound: probesPerRound
      .default(1)
      .describe('How many values to try at a time after the first round, for each condition'),
  })
  .check(({ value, issues }) => {
    const [first, last] = value.between
    const fault = (path: string, message: string) =>
      void issues.push({ code: 'custom', input: value, path: [path], message })
    if (first >= last) fault('between', 'the first end must be less than the last')
    else if (value.scale === 'log' && first <= 0)
      fault('between', 'a log scale has positive values only: use `scale: linear`')
    if (value.integer && !value.between.every(Number.isInteger)) fault('between', 'the ends must be whole numbers')
    if (value.scale === 'log' && value.width < 1.05)
      fault('width', 'on a log scale, the width is a ratio of at least 1.05')
  })
export type SearchSpec = z.infer<typeof searchSpec>

/** One value that is tried, as a condition of the experiment. */
export const searchProbe = z.strictObject({
  condition: z.string(),
  /** The spec's own condition, of which it is a copy with the value. */
  arm: z.string(),
  value: z.number(),
  /** From 1. */
  round: z.number().int().positive(),
})
export type SearchProbe = z.infer<typeof searchProbe>

/** A search with its defaults filled in, and all values so far. */
export const resolvedSearch = z.strictObject({
  over: z.string(),
  for: z.literal('threshold'),
  between: z.tuple([z.number(), z.number()]),
  scale,
  integer: z.boolean(),
  measure: z.strictObject({ name: z.string(), title: z.string() }),
  line: z.number(),
  direction: z.enum(['rising', 'falling']),
  width: z.number(),
  budget: z.number().int(),
  perRound: probesPerRound,
  /** The spec's own conditions, each with a threshold of its own. */
  arms: z.array(z.string()),
  probes: z.array(searchProbe),
  /** Whether no more values will be tried. */
  ended: z.boolean(),
  /** Why it ended before each threshold was found; a retry removes it. */
  stopped: z.string().optional(),
})
export type ResolvedSearch = z.infer<typeof resolvedSearch>

/** How far a search has come, and the most values that it may try. */
export function measureSearch({ probes, arms, budget }: ResolvedSearch): {
  readonly rounds: number
  readonly values: number
  readonly most: number
} {
  const rounds = probes.reduce((latest, { round }) => Math.max(latest, round), 0)
  return { rounds, values: probes.length, most: arms.length * budget }
}
