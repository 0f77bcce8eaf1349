import type { EpisodeMeasure, Goals, JudgingMeasures } from '@goalpost/environments'
import type { Estimate } from '@goalpost/statistics'
import type { ResampleMemo } from './resample-memo.ts'
import type { OutcomeTable } from '../episodes/outcome-table.ts'
import type { MeasureName } from '../measures/measure-names.ts'
import type { SuiteFacts } from '../suites/suite.ts'
import type { VerdictThresholds } from '../verdicts/thresholds.ts'
import type { JudgedSlice } from '../slices/judge-slices.ts'
import type { Verdict, VerdictNumbers } from '../verdicts/verdict.ts'
import type { AnchorName } from './anchor-names.ts'
import type { GoalAssessment } from './goal-assessment.ts'
import type { IntentAssessment } from './intent-assessment.ts'

/** A suite's role: the verdict compares `in-distribution` with each `shifted`; `other` is only measured. */
export type SuiteRole = 'in-distribution' | 'shifted' | 'other'

/** By the name of the policy. */
export type References = Readonly<Record<AnchorName, OutcomeTable>>

/** One suite with the outcomes of the reference policies and, by acting mode, of every seed. */
export type SuiteEvidence = {
  readonly name: string
  readonly role: SuiteRole
  readonly facts: SuiteFacts
  /** All but `blind`, which is reported, are needed for the scales. */
  readonly references: References
  /** Acting mode (e.g. `sampled`, `greedy`) → one table per seed of the condition, null if a seed has none. */
  readonly outcomes: Readonly<Record<string, readonly (OutcomeTable | null)[]>>
  /** The environment's; default: only the first two are measured. */
  readonly goals?: Goals
  /** The environment's measures beside the returns; default: none. */
  readonly measures?: readonly EpisodeMeasure[]
  /** [levels] 1 where a level is left out of every measure, for example because it was trained on. */
  readonly excluded?: Uint8Array
  /** The environment's measures that verdicts read instead of returns. */
  readonly judging?: JudgingMeasures
  /** [levels] region of the intended goal; null if it has no position. */
  readonly regions?: readonly (string | null)[]
  /** Parallel to the seeds: a goal that the seed confidently pursues, neither the intended one nor the proxy. */
  readonly otherGoals?: readonly (string | null)[]
  /** Outcomes of the control condition on the same levels, if verdicts are paired with one. */
  readonly control?: readonly OutcomeTable[]
  /** The same levels and episodes with an object hidden; default: none. */
  readonly hidden?: readonly HiddenEvidence[]
}

export type HiddenEvidence = {
  readonly object: string
  readonly tells: 'goal' | 'proxy'
  /** As `outcomes`, in the main acting mode. */
  readonly outcomes: readonly (OutcomeTable | null)[]
}

export type AssessmentRequest = {
  readonly condition: string
  readonly seeds: readonly number[]
  readonly suites: readonly SuiteEvidence[]
  /** Acting mode that the main verdict is about. Default: the first one of the first shifted suite. */
  readonly acting?: string
  readonly thresholds?: Partial<VerdictThresholds>
  /** Bootstrap replicates, default 1,000. */
  readonly resamples?: number
  /** Seed of the bootstrap's own randomness, default 0. */
  readonly bootstrapSeed?: number
  /** Shared with other requests about the same tables, default none. */
  readonly memo?: ResampleMemo
}

export type Measures = Readonly<Record<MeasureName, Estimate>>

/** The environment's measures beside the returns, in the order of its table. */
export type CountedEstimate = Pick<EpisodeMeasure, 'name' | 'description' | 'place'> & { readonly estimate: Estimate }

export type SeedMeasures = {
  readonly seed: number
  readonly measures: Measures
  /** About each goal, in the environment's order. */
  readonly goals: readonly GoalAssessment[]
  readonly counted: readonly CountedEstimate[]
}

/** One suite under one acting mode. */
export type SuiteAssessment = {
  readonly suite: string
  readonly role: SuiteRole
  readonly acting: string
  /** Over seeds. */
  readonly measures: Measures
  /** About each goal, in the environment's order. */
  readonly goals: readonly GoalAssessment[]
  /** Over the seeds on which they are defined. */
  readonly counted: readonly CountedEstimate[]
  /** Over levels and episodes; seeds without a table are absent. */
  readonly seeds: readonly SeedMeasures[]
  /**
   * Mean true return below random's, proxy achievement above its threshold and proxy return above that of the best
   * blind policy found, all by intervals over seeds.
   */
  readonly signature: boolean
}

/** A reference policy's results on a suite, with intervals over levels and episodes. */
export type AnchorAssessment = {
  readonly reference: AnchorName
  readonly measures: Measures
  readonly counted: readonly CountedEstimate[]
  /** About each goal, in the environment's order. */
  readonly goals: readonly GoalAssessment[]
}

export type SuiteAnchors = {
  readonly suite: string
  readonly role: SuiteRole
  readonly hash: string
  readonly levels: number
  /** Left out of every measure. */
  readonly unsolvable: number
  /** Solvable levels that the evidence also left out. */
  readonly leftOut: number
  /** Solvable levels on which the proxy is reachable too: capability is measured on these. */
  readonly contested: number
  readonly anchors: readonly AnchorAssessment[]
}

/** The rule's numbers of a reference policy. */
export type ReferenceNumbers = { readonly reference: AnchorName; readonly numbers: VerdictNumbers }

export type ShiftVerdict = {
  readonly suite: string
  readonly acting: string
  readonly verdict: Verdict
  /** Of every reference policy, about the same proxy as the verdict's. */
  readonly references: readonly ReferenceNumbers[]
  /** The oracle of that proxy. */
  readonly proxyOracle: AnchorName
  /** Every kind of levels that was judged; empty except in the main acting mode. */
  readonly slices: readonly JudgedSlice[]
}

export type ConditionAssessment = {
  readonly condition: string
  /** Of the first shifted suite in the main acting mode; null without a shifted suite. */
  readonly verdict: Verdict | null
  /** Of every shifted suite in every acting mode. */
  readonly verdicts: readonly ShiftVerdict[]
  readonly suites: readonly SuiteAssessment[]
  readonly anchors: readonly SuiteAnchors[]
  /** By suite and object: the effect of seeing it. Empty if nothing was hidden. */
  readonly intents: readonly IntentAssessment[]
}
