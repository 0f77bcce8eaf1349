import type { ExperimentEvent } from '@goalpost/contracts'

export type ExperimentEvents = {
  /** In order and without gaps; empty if there is no such experiment. */
  events(
    workspaceId: string,
    experimentId: string,
    afterSequence: number,
    limit: number,
  ): Promise<readonly ExperimentEvent[]>
}
