import type { JsonObject, Report } from '@goalpost/contracts'
import type { ComparisonArm, Evidence } from '@goalpost/experiments'

/** What travels to a compute thread. All of it is plain data. */
export type ComputeJob =
  | { readonly type: 'advise'; readonly options: JsonObject }
  | { readonly type: 'report'; readonly evidence: Evidence }
  | {
      readonly type: 'compare'
      readonly arms: readonly ComparisonArm[]
      readonly artifacts: ReadonlyMap<string, Uint8Array>
    }

/** `protocolsModule` exports `protocols`, a map by name. */
export type ComputeOrder = { readonly protocolsModule: string; readonly protocol: string; readonly job: ComputeJob }

export type ComputeResult<Job extends ComputeJob> = Job extends { type: 'advise' } ? readonly string[] : Report
