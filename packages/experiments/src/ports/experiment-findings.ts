import type { Aggregate, VerdictView } from '@goalpost/contracts'
import type { Evidence } from './protocol.ts'

/** Experiments of one name with verdicts, oldest first. */
export type NamedFindings = {
  readonly experiments: readonly {
    readonly id: string
    readonly createdAt: string
    /** In the order of the report. */
    readonly verdicts: readonly VerdictView[]
  }[]
  /** Whether there are older ones. */
  readonly leftOut: boolean
}

export type ExperimentFindings = {
  /** The inputs of a report, without the artifacts' bytes. */
  evidence(workspaceId: string, experimentId: string): Promise<Omit<Evidence, 'artifacts'> | null>
  /** Per-seed values of every measure of every run. */
  measures(workspaceId: string, experimentId: string): Promise<readonly Omit<Aggregate, 'estimate' | 'key'>[]>
  /** The newest ones that are neither archived nor verifications; null if no experiment has that name. */
  named(workspaceId: string, query: { readonly name: string; readonly limit: number }): Promise<NamedFindings | null>
}
