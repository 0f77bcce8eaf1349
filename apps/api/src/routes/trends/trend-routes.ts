import { trendQuery, trendView } from '@goalpost/contracts'
import { presentTrend } from '@goalpost/experiments'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, json, problems } from '../../server/route-schemas.ts'

export function addTrendRoutes(app: Api, { experiments }: ApiDependencies): void {
  app.get(
    '/v1/trend',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Results'],
        operationId: 'getTrend',
        summary: 'The verdicts of all experiments of one name, over time',
        description: 'Archived experiments are left out, and those that verify another one.',
        querystring: trendQuery,
        response: { 200: json('One line for each verdict', trendView), ...problems },
      },
    },
    async (request) => {
      const { name } = request.query
      const found = await experiments.named(workspaceOf(request), request.query)
      if (found === null) throw notFound('experiment', name)
      return presentTrend(name, found)
    },
  )
}
