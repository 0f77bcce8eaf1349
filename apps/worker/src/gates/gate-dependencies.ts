import type { ArtifactStore, ExperimentFindings, OpenGateRuns } from '@goalpost/experiments'
import type { Surroundings } from '@goalpost/submission'

export type GateDependencies = Omit<Surroundings, 'experiments'> & {
  readonly gates: OpenGateRuns
  readonly experiments: Surroundings['experiments'] & Pick<ExperimentFindings, 'evidence'>
  readonly artifacts: Pick<ArtifactStore, 'read'>
  /** By gate run, how many runs its stage adds, if its workspace had no room for them: it is not planned again before there is. */
  readonly waiting: Map<string, number>
}
