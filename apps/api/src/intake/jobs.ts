import type { ErrorCode, InputIssue, PreviewView, SchedulePreview } from '@goalpost/contracts'
import type { Actor, ToolResolution } from '@goalpost/experiments'
import type { SentBody } from '../server/sent-body.ts'
import type { RequestBody, RequestName } from './request-bodies.ts'

/** Who changes it, and the version that the client has read. */
type Changed = { readonly actor: Actor; readonly ifMatch: string | undefined }

type InWorkspace = { readonly workspaceId: string; readonly body: SentBody }

/** Who submits, the name that its program has for the experiment, and the trace of the request. */
export type Origin = {
  readonly actor: Actor
  readonly externalId?: string
  /** The `traceparent` that the tasks continue. */
  readonly trace: string | null
}

/** A request body to be parsed, validated and handled, as plain data. */
export type IntakeJob =
  | (InWorkspace & Origin & { readonly type: 'submit'; readonly idempotencyKey: string | undefined })
  | (InWorkspace & { readonly type: 'preview' })
  | (InWorkspace & { readonly type: 'extend'; readonly id: string } & Changed)
  | (InWorkspace & { readonly type: 'apply-gate' | 'apply-schedule'; readonly name: string; readonly actor: Actor })
  | (InWorkspace & { readonly type: 'preview-schedule' })
  | { readonly type: 'start-schedule'; readonly workspaceId: string; readonly name: string; readonly actor: Actor }
  /** A body that is only parsed and validated. */
  | { readonly type: 'request'; readonly name: RequestName; readonly body: SentBody }
  /** `index`: the tool's place among those of its protocol. */
  | { readonly type: 'tool'; readonly body: SentBody; readonly protocol: string; readonly index: number }

type Results = {
  readonly submit: { readonly id: string; readonly created: boolean }
  /** Without the protocol's warnings, which a compute thread adds. */
  readonly preview: PreviewView
  readonly extend: null
  readonly 'apply-gate': { readonly created: boolean; readonly changed: boolean }
  readonly 'apply-schedule': { readonly created: boolean }
  readonly 'preview-schedule': SchedulePreview
  /** The id of the experiment. */
  readonly 'start-schedule': string
  readonly request: RequestBody<RequestName>
  readonly tool: ToolResolution
}
export type IntakeResult<Job extends IntakeJob> = Job extends { type: 'request'; name: infer Name extends RequestName }
  ? RequestBody<Name>
  : Results[Job['type']]

/** The settings of a thread. */
export type IntakeSetting = {
  readonly databaseUrl: string
  readonly statementTimeoutMs?: number
  /** Whether the database has the role for it. */
  readonly confined: boolean
  /** URL of the module that exports `protocols` and `engineFor`; threads load it by themselves. */
  readonly plannerModule: string
  readonly codeRevision: string
  /** The hash of the operator's salt; threads never get the salt. */
  readonly saltHash: string | null
  /** The number of workers that time estimates assume. */
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
