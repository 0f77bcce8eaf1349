import type { JsonObject, LeagueView, RecommendationView, Report } from '@goalpost/contracts'
import type { PageSubject } from '@goalpost/report-view/static'
import type {
  ComparisonArm,
  Evidence,
  LeagueEntry,
  LeagueSubject,
  TestedSet,
  ToolOutcome,
  ToolSurroundings,
} from '@goalpost/experiments'

/** A job for a compute thread, as plain data. */
export type ComputeJob =
  | { readonly type: 'advise'; readonly options: JsonObject }
  | { readonly type: 'report' | 'tested'; readonly evidence: Evidence }
  | { readonly type: 'page'; readonly subject: PageSubject }
  | {
      readonly type: 'compare'
      readonly arms: readonly ComparisonArm[]
      readonly artifacts: ReadonlyMap<string, Uint8Array>
    }
  | { readonly type: 'league'; readonly entries: readonly LeagueEntry[] }
  | {
      readonly type: 'recommend'
      readonly entries: readonly LeagueEntry[]
      readonly subject: LeagueSubject
    }
  | {
      readonly type: 'tool'
      /** Its place among the protocol's tools. */
      readonly index: number
      readonly arguments: JsonObject
      readonly files: ReadonlyMap<string, Uint8Array>
      readonly surroundings: ToolSurroundings
    }

/** `protocolsModule` exports `protocols`, a map by name. */
export type ComputeOrder = { readonly protocolsModule: string; readonly protocol: string; readonly job: ComputeJob }

type Results = {
  readonly advise: readonly string[]
  readonly report: Report
  readonly tested: readonly TestedSet[]
  /** An HTML document. */
  readonly page: string
  readonly compare: Report
  readonly league: Pick<LeagueView, 'report' | 'rows'>
  readonly recommend: RecommendationView
  readonly tool: ToolOutcome
}
export type ComputeResult<Job extends ComputeJob> = Results[Job['type']]
