import type { ExperimentView } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { notFound } from '../../server/problems.ts'

/** The experiment with links to what belongs to it, or `not-found`. */
export async function readExperiment(
  { experiments }: Pick<ApiDependencies, 'experiments'>,
  workspaceId: string,
  id: string,
): Promise<ExperimentView> {
  const view = await experiments.get(workspaceId, id)
  if (view === null) throw notFound('experiment', id)
  const self = `/v1/experiments/${id}`
  return {
    ...view,
    links: {
      self,
      results: `${self}/results`,
      events: `${self}/events`,
      runs: `/v1/runs?experimentId=${id}`,
      checkpoints: `/v1/checkpoints?experimentId=${id}`,
    },
  }
}
