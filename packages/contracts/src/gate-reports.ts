import { z } from 'zod'
import { gateOutcome } from './gates.ts'
import { estimate, report } from './report.ts'
import { verdictView } from './verdict-view.ts'

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
  /** Of the newest versions; `lastGood` and `firstBad` may be older. */
  points: z.array(onsetPoint),
  /** Whether there are older versions. */
  leftOut: z.boolean(),
  /** The newest version that kept the rule before the violation that still lasts; null if there is none. */
  lastGood: z.number().int().positive().nullable(),
  /** The oldest violating version after which none keeps the rule; null if the latest does not violate it. */
  firstBad: z.number().int().positive().nullable(),
})
export type OnsetCurve = z.infer<typeof onsetCurve>

/** A change of the world under which a version is, or could be, tested. */
export const knownShift = z.strictObject({ name: z.string().min(1), title: z.string() })
export type KnownShift = z.infer<typeof knownShift>

/** Units, e.g. levels, that a version was tested on. */
export const unitSet = z.strictObject({
  name: z.string(),
  units: z.number().int().nonnegative(),
  /** What they were drawn with; null if that is kept secret. */
  seed: z.number().int().nonnegative().nullable(),
})
export type UnitSet = z.infer<typeof unitSet>

export const testedShift = knownShift.extend({
  /** Conditions of the experiments that tested it. */
  conditions: z.array(z.string()),
  sets: z.array(unitSet),
  /** The units of all sets: each counts once, however many experiments used it. */
  units: z.number().int().nonnegative(),
  /** Of the experiments. */
  seeds: z.array(z.number().int().nonnegative()),
  experiments: z.array(z.string()),
})
export type TestedShift = z.infer<typeof testedShift>

/** A gate of the model, with its latest run on the version. */
export const reportedGate = z.strictObject({
  gate: z.string(),
  /** Null if it has not tested the version. */
  run: z
    .strictObject({
      id: z.uuid(),
      gateVersion: z.number().int().positive(),
      /** Null while it is running. */
      outcome: gateOutcome.nullable(),
      message: z.string().nullable(),
      units: z.number().int().nonnegative(),
      endedAt: z.iso.datetime().nullable(),
    })
    .nullable(),
})
export type ReportedGate = z.infer<typeof reportedGate>

/** For the person who signs off a release: what was tested, what was not, and what was found. */
export const deploymentReport = z.strictObject({
  model: z.string(),
  version: z.number().int().positive(),
  step: z.number().int().nonnegative().nullable(),
  /** The SHA-256 of the file. */
  hash: z.string(),
  gates: z.array(reportedGate),
  rules: z.array(
    z.strictObject({
      gate: z.string(),
      rule: z.string(),
      state: ruleState,
      reason: z.string(),
      /** From the line of the rule: negative on the bad side. */
      difference: estimate.nullable(),
    }),
  ),
  tested: z.array(testedShift),
  /** Shifts that the tested worlds are known to have, and that no experiment tested. */
  untested: z.array(knownShift),
  /** The newest of each gate, and those of experiments without a gate. */
  verdicts: z.array(verdictView.extend({ experiment: z.string() })),
  /** Up to this version. */
  trend: z.array(onsetCurve.extend({ gate: z.string() })),
  /** Older experiments that are not in the report, as there are too many. */
  experimentsLeftOut: z.boolean(),
})
export type DeploymentReport = z.infer<typeof deploymentReport>

/** The same as data, and as parts to render. */
export const deploymentReportView = deploymentReport.extend({ report })
export type DeploymentReportView = z.infer<typeof deploymentReportView>
