import { comparisonRequest, comparisonView } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { type Api, bodyMediaTypes, json, problems } from '../../server/route-schemas.ts'
import { sentBodyOf } from '../../server/sent-body.ts'
import { compareExperiments } from './compare-experiments.ts'

export function addComparisonRoutes(app: Api, deps: ApiDependencies): void {
  app.post(
    '/v1/comparisons',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Results'],
        operationId: 'compareExperiments',
        summary: 'Compare conditions of one or more experiments',
        consumes: bodyMediaTypes,
        body: comparisonRequest,
        response: { 200: json('The arms side by side', comparisonView), ...problems },
      },
    },
    async (request) => {
      const wanted = await deps.intake.run({ type: 'request', name: 'comparison', body: sentBodyOf(request) })
      return compareExperiments(deps, workspaceOf(request), wanted)
    },
  )
}
