import type { ExperimentView } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { noticesOfExperiment, secondsLeftOf } from '../../fleet.ts'
import { etagBeside, etagOf } from '../../server/etag.ts'
import { notFound } from '../../server/problems.ts'

/** The experiment with its links and notices, or `not-found`. */
export async function readExperiment(
  { experiments, fleet }: Pick<ApiDependencies, 'experiments' | 'fleet'>,
  workspaceId: string,
  id: string,
): Promise<ExperimentView> {
  const stored = await experiments.get(workspaceId, id)
  if (stored === null) throw notFound('experiment', id)
  const { needs: _needs, timing: _timing, ...view } = stored
  const current = await fleet()
  const self = `/v1/experiments/${id}`
  return {
    ...view,
    notices: noticesOfExperiment(current, stored),
    secondsLeft: secondsLeftOf(current, stored),
    links: {
      self,
      results: `${self}/results`,
      events: `${self}/events`,
      runs: `/v1/runs?experimentId=${id}`,
      checkpoints: `/v1/checkpoints?experimentId=${id}`,
    },
  }
}

/**
 * The ETag of an experiment's view: changes with the experiment and with the live workers' engines. It names the
 * experiment, since the address of a name leads to several in turn, whose revisions may be equal.
 */
export async function experimentEtag(
  { fleet, settings }: Pick<ApiDependencies, 'fleet' | 'settings'>,
  { id, revision }: Pick<ExperimentView, 'id' | 'revision'>,
): Promise<string> {
  const { tag } = await fleet()
  return etagBeside(etagOf(revision, settings.codeRevision), `${tag}_${id.toLowerCase().slice(-12)}`)
}
