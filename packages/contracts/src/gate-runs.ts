import { z } from 'zod'
import { author } from './author.ts'
import { ruleState } from './gate-reports.ts'
import { gateOutcome, baseline } from './gates.ts'
import { gateName } from './gate-spec.ts'
import { modelName, versionReference } from './model-names.ts'
import { pageQuery } from './experiment-query.ts'
import { experimentState } from './states.ts'

/** One test of a version against the rules of a gate. */

const time = z.iso.datetime()
const versionNumber = z.number().int().positive()

export const gateRunTrigger = z.enum(['version-registered', 'alias-moved', 'schedule', 'manual', 'bisect'])
export type GateRunTrigger = z.infer<typeof gateRunTrigger>

/** What is known of one rule. */
export const ruleJudgement = z.strictObject({
  rule: z.string(),
  /** `open`: not enough evidence. */
  state: ruleState,
  /** One plain sentence. */
  reason: z.string(),
  /** How far the measure is above the rule's line (negative: below), with an interval that holds at every look. */
  difference: z
    .strictObject({
      value: z.number(),
      low: z.number(),
      high: z.number(),
      /** The confidence of the interval: the stricter of the two tests'. */
      level: z.number(),
    })
    .nullable(),
  units: z
    .number()
    .int()
    .nonnegative()
    .describe(
      'How many units it was measured on: those of the run without units on which the measure cannot be read, such as levels that cannot be solved',
    ),
  /** About how many further units would decide it; null if it is decided, or more units would not help. */
  unitsNeeded: z.number().int().positive().nullable(),
})
export type RuleJudgement = Readonly<z.infer<typeof ruleJudgement>>

/** What a baseline named when the run started. */
export const resolvedBaseline = z.strictObject({
  rule: z.string(),
  against: baseline,
  /** Null: there was no such version. */
  version: versionNumber.nullable(),
})
export type ResolvedBaseline = z.infer<typeof resolvedBaseline>

export const gateRunExperiment = z.strictObject({
  experimentId: z.uuid(),
  state: experimentState,
  /** From 1. */
  stage: z.number().int().positive(),
  /** The version that it evaluates: the one being tested, or a baseline. */
  version: versionNumber,
})
export type GateRunExperiment = z.infer<typeof gateRunExperiment>

export const gateRunView = z.strictObject({
  id: z.uuid(),
  gate: gateName,
  gateVersion: versionNumber,
  /** The position in the life of the gate, from 1; null for the runs of a bisection. */
  number: z.number().int().positive().nullable(),
  model: modelName,
  version: versionNumber,
  step: z.number().int().nonnegative().nullable(),
  trigger: gateRunTrigger,
  baselines: z.array(resolvedBaseline),
  state: z.enum(['running', 'ended']),
  /** Null while it is running. */
  outcome: gateOutcome.nullable(),
  /** Why it ended without a decision about the rules; null otherwise. */
  message: z.string().nullable(),
  /** Units, e.g. levels, of all stages so far, the current one included. */
  units: z.number().int().nonnegative(),
  rules: z.array(ruleJudgement),
  experiments: z.array(gateRunExperiment),
  createdAt: time,
  /** Who started it by hand. */
  createdBy: author,
  endedAt: time.nullable(),
})
export type GateRunView = z.infer<typeof gateRunView>

export const gateRunRequest = z.strictObject({
  version: versionReference.default('latest').describe('The version to test: a number, an alias or `latest`'),
})
export type GateRunRequest = z.infer<typeof gateRunRequest>
export type GateRunRequestInput = z.input<typeof gateRunRequest>

export const gateRunQuery = pageQuery.extend({
  version: z.coerce.number().int().positive().optional().describe('Only runs of this version'),
})
export type GateRunQuery = z.input<typeof gateRunQuery>
