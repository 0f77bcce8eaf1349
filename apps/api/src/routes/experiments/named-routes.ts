import { experimentQuery, experimentView } from '@goalpost/contracts'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, conditionalHeaders, json, notModified, problems } from '../../server/route-schemas.ts'
import { createExperimentSender } from './send-experiment.ts'

const params = z.object({ name: experimentQuery.shape.named.unwrap() })

/** For people, who remember names. */
export function addNamedRoutes(app: Api, deps: ApiDependencies): void {
  const send = createExperimentSender(deps)

  app.get(
    '/v1/experiments/by-name/:name',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Experiments'],
        operationId: 'getExperimentByName',
        summary: 'The newest experiment of that name',
        description:
          'Several experiments may have one name: `GET /v1/experiments?named=` lists all of them, newest first. Archived ones count, recomputations by `goalpost verify` do not.',
        params,
        headers: conditionalHeaders,
        response: { 200: json('The experiment', experimentView), 304: notModified, ...problems },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      const id = await deps.experiments.findNamed(workspaceOf(request), name)
      if (id === null) throw notFound('experiment with the name', name)
      void reply.header('content-location', `/v1/experiments/${id}`)
      return send(id, { request, reply })
    },
  )
}
