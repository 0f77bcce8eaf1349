import type {
  CatalogEntry,
  InputIssue,
  JsonObject,
  KnownShift,
  MeasuredUnits,
  Quantity,
  Report,
  ResolvedSearch,
  RunState,
  TaskKind,
  TaskResult,
  UnitSet,
  WatchedMeasure,
} from '@goalpost/contracts'
import type { Deployment } from '../salt.ts'
import type { ProtocolTool } from './protocol-tool.ts'

/** The engine that a task will run on, as far as its numbers depend on it. */
export type EngineIdentity = { readonly name: string; readonly build: string; readonly threads: number }

/** When a needed task counts as ready. `checkpoint`: as soon as that step has been stored. */
export type Readiness =
  | { readonly on: 'succeeded' }
  | { readonly on: 'settled' }
  | { readonly on: 'checkpoint'; readonly step: number }

export type PlannedNeed = { readonly key: string; readonly when: Readiness }

/** A task as a protocol plans it: pure data. Tasks of equal content are computed once in a workspace. */
export type PlannedTask = {
  /** Unique within the run, e.g. `train`, `evaluate@200000`. */
  readonly key: string
  readonly kind: TaskKind
  /** Replaces `kind` in the identity, if tasks that compute the same were once stored under another kind. */
  readonly identityKind?: TaskKind
  /** Everything that the executor reads. Covered by the identity. */
  readonly inputs: JsonObject
  /** Versions of the code that computes it, besides protocol and engine. Covered by the identity. */
  readonly versions: Readonly<Record<string, string>>
  /** Null if the result does not depend on the run's seed: all runs share such a task. */
  readonly seed: number | null
  readonly needs: readonly PlannedNeed[]
  /** Hashes of files that its inputs name and that no task of its run writes: the workspace must own them. */
  readonly files?: readonly string[]
  /**
   * It takes minutes at most: workers have a slot for such tasks, so that they need not wait for a long one. Not
   * part of the identity.
   */
  readonly short?: true
  /** It uses no tensors, so any worker can run it; the spec's engine does not apply. */
  readonly withoutEngine?: true
  /**
   * For time estimates; not part of the identity. Equal amounts of work of one `sort` take equally long on equal
   * machines: a name for what makes a unit expensive, such as the network's size.
   */
  readonly work: { readonly unit: string; readonly amount: number; readonly sort?: string }
  /** Higher runs first among the ready tasks of equal priority. */
  readonly rank: number
}

export type Resolution =
  | { readonly ok: true; readonly options: JsonObject; readonly marks: readonly string[] }
  | { readonly ok: false; readonly issues: readonly InputIssue[] }

/** The inputs of reports and comparisons. Artifacts flagged `evidence` are loaded, by hash. */
export type Evidence = {
  readonly experiment: string
  readonly conditions: readonly ConditionEvidence[]
  readonly artifacts: ReadonlyMap<string, Uint8Array>
  /** The search that the conditions belong to. */
  readonly search?: ResolvedSearch
}

export type ConditionEvidence = {
  readonly name: string
  readonly options: JsonObject
  readonly marks: readonly string[]
  readonly runs: readonly RunEvidence[]
}

export type RunEvidence = {
  readonly seed: number
  readonly state: RunState
  readonly tasks: readonly TaskEvidence[]
}

export type TaskEvidence = {
  readonly key: string
  readonly kind: TaskKind
  readonly inputs: JsonObject
  readonly result: TaskResult | null
}

/** How a protocol examines one version of a model. */
export type SubjectSlot = {
  /** Where in its options the hash of the version's file goes. */
  readonly path: readonly [string, ...string[]]
  /** What can be watched from version to version. */
  readonly measures: readonly WatchedMeasure[]
  /**
   * A condition's options with this many units, e.g. levels, to measure. `options` comes from `resolve`. No unit of
   * a stage is one of an earlier stage.
   */
  resize(options: JsonObject, stage: EvaluationStage): JsonObject
  /** Unit by unit what one condition measured, or why nothing was measured. */
  measure(
    condition: ConditionEvidence,
    measure: string,
    artifacts: Evidence['artifacts'],
  ): MeasuredUnits | { readonly missing: string }
  /** What a condition with these options tests, of all that its world is known to do. */
  coverage(options: JsonObject): SubjectCoverage
}

export type SubjectCoverage = {
  /** The shifts that the world declares. */
  readonly known: readonly KnownShift[]
  readonly tests: readonly CoveredShift[]
}

/** One set of units, under one shift. */
export type CoveredShift = {
  /** The name of a known shift, or one of its own. */
  readonly shift: string
  readonly title: string
  readonly set: UnitSet
  /** Sets of equal keys have equal units. */
  readonly key: string
}

/** What a protocol's experiments can search a threshold of. */
export type SearchSlot = {
  /** The first is the default. */
  readonly measures: readonly SearchMeasure[]
  /** Of every seed that was measured; `missing` where its value does not exist. */
  read(
    condition: ConditionEvidence,
    measure: string,
    artifacts: Evidence['artifacts'],
  ): readonly { readonly seed: number; readonly value: Quantity }[]
}

export type SearchMeasure = {
  /** As reports name it, in kebab case. */
  readonly name: string
  readonly title: string
  /** The height at which its meaning changes. */
  readonly line: number
}

export type EvaluationStage = {
  /** From 0. */
  readonly index: number
  readonly units: number
}

/** A kind of experiment, as far as API and scheduling need it. Loads no tensor library. */
export type Protocol = {
  readonly name: string
  readonly version: string
  /**
   * Raised whenever `report` draws other conclusions, such as verdicts, from the same evidence: part of the identity of
   * analyses only. A stored report keeps the rules of its time.
   */
  readonly reportVersion?: string
  readonly title: string
  readonly description: string
  readonly verdicts: readonly { readonly name: string; readonly meaning: string }[]
  /** JSON Schema of `options`, for the catalog. */
  optionsSchema(): JsonObject
  /**
   * Checks one condition's merged options and fills in defaults. Pointers are relative to `options`. Without a
   * deployment there is no salt.
   */
  resolve(options: JsonObject, deployment?: Deployment): Resolution
  /** The tasks of one run. `options` comes from `resolve`. */
  plan(options: JsonObject, seed: number): readonly PlannedTask[]
  /** Warnings worth reading before anything is trained. May take seconds: call it off the event loop. */
  advise(options: JsonObject): readonly string[] | Promise<readonly string[]>
  /** Verdicts and pictures, from complete or partial evidence. May take seconds. */
  report(evidence: Evidence): Report
  /** Conditions side by side, of one experiment or of several, with differences to the first. May take seconds. */
  compare(arms: readonly ComparisonArm[], artifacts: ReadonlyMap<string, Uint8Array>): Report
  /** The frozen sets, with their hashes, that a report on this evidence rests on. Missing if there are none. */
  tested?(evidence: Evidence): readonly TestedSet[]
  /** The entries that this protocol offers, e.g. its environments. */
  catalog(): readonly CatalogEntry[]
  /** Missing if it cannot examine a registered model version. */
  readonly subject?: SubjectSlot
  /** Missing if its measures cannot be searched. */
  readonly search?: SearchSlot
  /** Missing if its searches make no league table. */
  readonly league?: LeagueSlot
  /** Kinds of its tasks that store samples (`samplesMediaType`), to be read one by one. */
  readonly sampleTasks?: readonly string[]
  /** Its functions besides experiments. */
  readonly tools?: readonly ProtocolTool[]
}

/** A frozen set of what was tested on, such as levels or prompts. */
export type TestedSet = { readonly condition: string; readonly name: string; readonly hash: string }

export type ComparisonArm = { readonly experiment: string; readonly condition: ConditionEvidence }

/** What one run of a condition cost, on average over seeds. */
export type RunCost = { readonly title: string; readonly value: number }

/** How searches of this protocol are put together to a league table of methods. */
export type LeagueSlot = {
  /** The measure of `search` that is aggregated over experiments: 0 to 1, larger is better. */
  readonly score: string
  /** Of a verdict's numbers, those that are shown. */
  readonly numbers: readonly { readonly key: string; readonly title: string }[]
  costs(condition: ConditionEvidence, artifacts: Evidence['artifacts']): readonly RunCost[]
  /** Where a condition belongs in a league: what it was measured in, with which method, and at which value. */
  place(options: JsonObject): LeaguePlace
}

export type LeaguePlace = {
  readonly task: string
  readonly method: string
  readonly over: string
  readonly value: number
  /** Why the condition must not be ranked beside others, if so. */
  readonly incomparable?: string
}
