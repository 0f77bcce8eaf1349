import { experimentFacets } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { type Api, json, problems } from '../../server/route-schemas.ts'

export function addFacetRoutes(app: Api, { experiments }: ApiDependencies): void {
  app.get(
    '/v1/experiments/facets',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Experiments'],
        operationId: 'getExperimentFacets',
        summary: 'The labels and submitters of experiments, to filter by',
        description: 'The 100 most frequent of each, with counts. Archived experiments do not count.',
        response: { 200: json('Labels and submitters', experimentFacets), ...problems },
      },
    },
    async (request) => experiments.facets(workspaceOf(request)),
  )
}
