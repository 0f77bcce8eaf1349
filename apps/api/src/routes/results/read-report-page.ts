import type { PageSource } from '@goalpost/report-view/static'
import type { ApiDependencies } from '../../dependencies.ts'
import { notFound } from '../../server/problems.ts'
import { presentProtocol } from '../catalog/present-protocol.ts'
import { readExperiment } from '../experiments/read-experiment.ts'
import { createResultsReader } from './read-results.ts'

/** The most runs whose curves the page draws; it says how many are left out. */
const maxRuns = 100

/** Reads an experiment's report as an HTML document, which is rendered off the event loop. */
export function createPageReader(deps: ApiDependencies) {
  const readResults = createResultsReader(deps)
  return async (workspaceId: string, version: { readonly id: string; readonly sequence: number }): Promise<string> => {
    const [experiment, results] = await Promise.all([
      readExperiment(deps, workspaceId, version.id),
      readResults(workspaceId, version),
    ])
    // With React, which other requests do not need.
    const { readPageSubject } = await import('@goalpost/report-view/static')
    const subject = await readPageSubject(createSource(deps, workspaceId), { experiment, results }, maxRuns)
    return deps.compute.run(experiment.protocol, { type: 'page', subject })
  }
}

function createSource({ experiments, protocols }: ApiDependencies, workspaceId: string): PageSource {
  const protocolOf = (name: string) => {
    const protocol = protocols.get(name)
    if (protocol === undefined) throw notFound('protocol', name)
    return protocol
  }
  return {
    async training(id, { maxRuns, maxPoints }) {
      const training = await experiments.training(workspaceId, id, { maxRuns, maxPoints })
      if (training === null) throw notFound('experiment', id)
      return training
    },
    async manifests(id) {
      const found = await experiments.manifests(workspaceId, id)
      if (found === null) throw notFound('experiment', id)
      return found
    },
    protocol: async (name) => presentProtocol(protocolOf(name)),
    catalog: async ({ protocol }) => ({ items: [...protocolOf(protocol).catalog()] }),
  }
}
