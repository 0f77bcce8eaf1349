import type { ComparisonRequest, ErrorCode, InputIssue, PreviewView } from '@goalpost/contracts'
import type { ToolResolution } from '@goalpost/experiments'
import type { SentBody } from '../server/sent-body.ts'

type InWorkspace = { readonly workspaceId: string; readonly body: SentBody }

/** What clients send, to be parsed, checked and worked out where it may take its time. All of it is plain data. */
export type IntakeJob =
  | (InWorkspace & { readonly type: 'submit'; readonly idempotencyKey: string | undefined })
  | (InWorkspace & { readonly type: 'preview' })
  | (InWorkspace & { readonly type: 'extend'; readonly id: string; readonly ifMatch: string | undefined })
  | { readonly type: 'comparison'; readonly body: SentBody }
  /** `index`: the tool's place among those of its protocol. */
  | { readonly type: 'tool'; readonly body: SentBody; readonly protocol: string; readonly index: number }

type Results = {
  readonly submit: { readonly id: string; readonly created: boolean }
  /** What protocols have to warn of is found out elsewhere. */
  readonly preview: PreviewView
  readonly extend: null
  readonly comparison: ComparisonRequest
  readonly tool: ToolResolution
}
export type IntakeResult<Job extends IntakeJob> = Results[Job['type']]

/** What a thread needs to know once. */
export type IntakeSetting = {
  readonly databaseUrl: string
  /** URL of the module that exports `protocols` and `engineFor`; threads load it by themselves. */
  readonly plannerModule: string
  readonly codeRevision: string
  /** Of the operator's salt; the salt itself stays out of the threads. */
  readonly saltHash: string | null
  /** How many workers the time estimates reckon with. */
  readonly workers: number
}

export type IntakeOrder = { readonly setting: IntakeSetting; readonly job: IntakeJob }

/** Errors lose their class on the way between threads. `cause` is for the log. */
export type IntakeAnswer<Job extends IntakeJob = IntakeJob> =
  | { readonly ok: true; readonly result: IntakeResult<Job> }
  | {
      readonly ok: false
      readonly code: ErrorCode
      readonly message: string
      readonly issues: readonly InputIssue[]
      readonly cause: string | undefined
    }
