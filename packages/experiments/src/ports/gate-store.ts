import type {
  BisectionRequest,
  BisectionView,
  GateOutcome,
  GateRunExperiment,
  GateRunTrigger,
  GateRunView,
  GateSpec,
  GateSummary,
  GateView,
  ResolvedBaseline,
  ResolvedSpec,
  RuleJudgement,
  VerdictSummary,
  VerdictView,
  VersionReference,
} from '@goalpost/contracts'
import type { Actor } from './api-key-store.ts'
import type { NewExperiment } from './experiment-changes.ts'
import type { Page } from './page.ts'

type PageQuery = { readonly cursor?: string | undefined; readonly limit: number }

/** The judgements of a version's latest run. */
export type JudgedVersion = {
  readonly version: number
  readonly step: number | null
  readonly judgements: readonly RuleJudgement[]
}

/** Since when the versions of a model violate a rule; see `OnsetCurve`. */
export type RuleOnset = { readonly lastGood: number | null; readonly firstBad: number | null }

/** What has tested one version of a model. */
export type VersionTests = {
  /** Every gate of the model, with its latest run on the version that is not part of a bisection. */
  readonly gates: readonly { readonly name: string; readonly run: GateRunView | null }[]
  /** That have succeeded, newest first. */
  readonly experiments: readonly {
    readonly id: string
    readonly name: string
    readonly resolved: ResolvedSpec
    readonly verdicts: readonly VerdictView[]
    /** The gate run that it belongs to, and its stage there. */
    readonly gateRunId: string | null
    readonly stage: number | null
  }[]
  /** Whether there are older experiments. */
  readonly leftOut: boolean
}

/**
 * Gates for the API. The workspace is always the first argument; null if it has no gate of that name. Changes go to the
 * audit log as the actor's.
 */
export type GateStore = {
  /** Creates the gate of that name, or adds a version of its spec if that has changed. */
  apply(workspaceId: string, spec: GateSpec, actor: Actor): Promise<{ created: boolean; changed: boolean }>
  list(
    workspaceId: string,
    query: PageQuery & { model?: string | undefined; name?: string | undefined },
  ): Promise<Page<GateSummary>>
  get(workspaceId: string, name: string): Promise<GateView | null>
  /** Removes it from lists; applying it again restores it. Errors: `not-found`, `state-conflict` while a run is open. */
  delete(workspaceId: string, name: string, actor: Actor): Promise<void>
  /** Newest first. */
  runs(
    workspaceId: string,
    name: string,
    query: PageQuery & { version?: number | undefined },
  ): Promise<Page<GateRunView> | null>
  run(workspaceId: string, name: string, id: string): Promise<GateRunView | null>
  /** Those that exist, of any workspaces, by id. */
  runsById(ids: readonly string[]): Promise<ReadonlyMap<string, GateRunView>>
  /** Whose gate run it is: baselines may name runs of the same model only. */
  modelOfRun(workspaceId: string, runId: string): Promise<string | null>
  /** Resolves to the run's id. Errors: `not-found` if there is no such gate or version. */
  startRun(workspaceId: string, name: string, version: VersionReference, actor: Actor): Promise<string>
  /** The newest versions, ascending, up to `until`; only runs that had the rules of the gate's latest spec. */
  judgedVersions(
    workspaceId: string,
    name: string,
    query: { readonly limit: number; readonly until?: number | undefined },
  ): Promise<readonly JudgedVersion[] | null>
  /** Of all versions up to `until`, with the judgements that `judgedVersions` gives. */
  onset(
    workspaceId: string,
    name: string,
    query: { readonly rule: string; readonly until?: number | undefined },
  ): Promise<RuleOnset>
  versionTests(workspaceId: string, which: { model: string; version: number }): Promise<VersionTests>
  /** Errors: `not-found`, `unknown-value` if a version does not exist or they are in the wrong order. */
  startBisection(workspaceId: string, name: string, request: BisectionRequest, actor: Actor): Promise<string>
  bisection(workspaceId: string, name: string, id: string): Promise<BisectionView | null>
  /** Newest first. */
  bisections(workspaceId: string, name: string, query: PageQuery): Promise<Page<BisectionView> | null>
}

export type StageExperiment = GateRunExperiment & {
  /** Of its first failed task. */
  readonly failure: { readonly code: string; readonly message: string } | null
  /** In the order of its report. */
  readonly verdicts: readonly Pick<VerdictSummary, 'condition' | 'name' | 'tone'>[]
}

export type GateId = { readonly id: string }

/** A run that can take its next step: its current stage has not been started, or has ended. */
export type DueGateRun = {
  readonly id: string
  readonly workspaceId: string
  readonly spec: GateSpec
  /** Null in a bisection. */
  readonly number: number | null
  readonly trigger: GateRunTrigger
  /** The version that is tested. */
  readonly version: number
  readonly baselines: readonly ResolvedBaseline[]
  /** From 1. */
  readonly stage: number
  /** Of all stages so far, the current one included. */
  readonly units: number
  readonly experiments: readonly StageExperiment[]
  /** The bisection that it belongs to. */
  readonly bisection: { readonly errorRate: number; readonly versions: number } | null
}

export type PlannedEvaluation = {
  readonly version: number
  readonly experiment: Omit<NewExperiment, 'idempotency'>
}

export type GateRunEnd = {
  readonly outcome: GateOutcome
  /** Why it ended without a decision about the rules. */
  readonly message: string | null
  readonly judgements: readonly RuleJudgement[]
}

/** A bisection whose probes have all ended. */
export type DueBisection = {
  readonly id: string
  readonly spec: GateSpec
  readonly good: number
  readonly bad: number
  readonly versions: readonly number[]
  readonly probes: readonly { readonly version: number; readonly outcome: GateOutcome; readonly units: number }[]
}

/**
 * Gates for the control loops of workers. Steps are compared with what is stored, under lock: of several processes that
 * take the same step, one succeeds, and the others get false.
 */
export type OpenGateRuns = {
  /** Gates whose schedule is due, without the ones of these ids. */
  dueSchedules(limit: number, except: readonly string[]): Promise<readonly GateId[]>
  /** Starts one run of the model's latest version, if there is any, and moves the schedule on, in one transaction. */
  startScheduled(gate: GateId): Promise<boolean>
  /** Without the runs of these ids. */
  due(limit: number, except: readonly string[]): Promise<readonly DueGateRun[]>
  /** Whether the workspace may have this many more runs now. */
  hasRoom(run: Pick<DueGateRun, 'workspaceId'>, runs: number): Promise<boolean>
  /** Submits the experiments of the current stage. False if the workspace has no room for them. */
  startStage(run: DueGateRun, evaluations: readonly PlannedEvaluation[]): Promise<boolean>
  nextStage(run: DueGateRun, next: { units: number; judgements: readonly RuleJudgement[] }): Promise<boolean>
  end(run: DueGateRun, end: GateRunEnd): Promise<boolean>
  /** Without the ones of these ids. */
  dueBisections(limit: number, except: readonly string[]): Promise<readonly DueBisection[]>
  probe(bisection: DueBisection, version: number): Promise<boolean>
  endBisection(bisection: DueBisection, found: { lastGood: number; candidates: readonly number[] }): Promise<boolean>
}
