import { z } from 'zod'
import { estimate } from './report.ts'
import { verdictSummary } from './verdict-view.ts'

/** Whether a version keeps a rule. `open`: not enough evidence. */
export const ruleState = z.enum(['holds', 'violated', 'open'])
export type RuleState = z.infer<typeof ruleState>

/** One version's value of a watched measure. */
export const onsetPoint = z.strictObject({
  version: z.number().int().positive(),
  /** Training steps, if the version has them. */
  step: z.number().int().nonnegative().nullable(),
  value: z.number(),
  low: z.number(),
  high: z.number(),
  /** How many units the value is a mean of. */
  units: z.number().int().nonnegative(),
  state: ruleState,
})
export type OnsetPoint = z.infer<typeof onsetPoint>

/** A watched measure over the versions of a model, with the gate's line. */
export const onsetCurve = z.strictObject({
  rule: z.string(),
  measure: z.string(),
  /** `measure`: the values are the measure's own. `difference`: from the baseline. */
  scale: z.enum(['measure', 'difference']),
  line: z.number(),
  /** The side of the line on which a version keeps the rule. */
  keeps: z.enum(['above', 'below']),
  points: z.array(onsetPoint),
  /** The newest version that kept the rule before the violation that still lasts; null if there is none. */
  lastGood: z.number().int().positive().nullable(),
  /** The oldest violating version after which none keeps the rule; null if the latest does not violate it. */
  firstBad: z.number().int().positive().nullable(),
})
export type OnsetCurve = z.infer<typeof onsetCurve>

/** A change of the world under which a version is, or could be, tested. */
export const knownShift = z.strictObject({ name: z.string().min(1), title: z.string() })
export type KnownShift = z.infer<typeof knownShift>

export const testedShift = knownShift.extend({
  /** Conditions of the experiments that tested it. */
  conditions: z.array(z.string()),
  /** How many units, e.g. levels, and with which seeds. */
  units: z.number().int().nonnegative(),
  seeds: z.array(z.number().int().nonnegative()),
  experiments: z.array(z.string()),
})
export type TestedShift = z.infer<typeof testedShift>

/** For the person who signs off a release: what was tested, what was not, and what was found. */
export const deploymentReport = z.strictObject({
  model: z.string(),
  version: z.number().int().positive(),
  step: z.number().int().nonnegative().nullable(),
  /** The SHA-256 of the file. */
  hash: z.string(),
  tested: z.array(testedShift),
  /** Shifts that the environment is known to have, and that no experiment tested. */
  untested: z.array(knownShift),
  verdicts: z.array(verdictSummary),
  rules: z.array(
    z.strictObject({ rule: z.string(), state: ruleState, reason: z.string(), difference: estimate.nullable() }),
  ),
  trend: z.array(onsetCurve),
})
export type DeploymentReport = z.infer<typeof deploymentReport>
