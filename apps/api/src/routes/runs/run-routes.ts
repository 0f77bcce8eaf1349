import { page, runQuery, runView } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { presentPage } from '../../server/pages.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, idParams, json, problems } from '../../server/route-schemas.ts'

export function addRunRoutes(app: Api, { experiments }: ApiDependencies): void {
  app.get(
    '/v1/runs',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Runs'],
        operationId: 'listRuns',
        summary: 'Runs of an experiment, or all',
        querystring: runQuery,
        response: { 200: json('One page of runs', page(runView)), ...problems },
      },
    },
    async (request) => presentPage(await experiments.runs(workspaceOf(request), request.query)),
  )

  app.get(
    '/v1/runs/:id',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Runs'],
        operationId: 'getRun',
        summary: 'One run: a condition with a seed',
        params: idParams,
        response: { 200: json('The run and its tasks', runView), ...problems },
      },
    },
    async (request) => {
      const run = await experiments.run(workspaceOf(request), request.params.id)
      if (run === null) throw notFound('run', request.params.id)
      return run
    },
  )
}
