import type { ArtifactStore, ExperimentFindings, OpenGateRuns } from '@goalpost/experiments'
import type { Surroundings } from '@goalpost/submission'

export type GateDependencies = Omit<Surroundings, 'experiments'> & {
  readonly gates: OpenGateRuns
  readonly experiments: Surroundings['experiments'] & Pick<ExperimentFindings, 'evidence'>
  readonly artifacts: Pick<ArtifactStore, 'read'>
}
