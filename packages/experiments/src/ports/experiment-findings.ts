import type { Aggregate } from '@goalpost/contracts'
import type { Evidence } from './protocol.ts'

export type ExperimentFindings = {
  /** The inputs of a report, without the artifacts' bytes. */
  evidence(workspaceId: string, experimentId: string): Promise<Omit<Evidence, 'artifacts'> | null>
  /** Per-seed values of every measure of every run. */
  measures(workspaceId: string, experimentId: string): Promise<readonly Omit<Aggregate, 'estimate' | 'key'>[]>
}
