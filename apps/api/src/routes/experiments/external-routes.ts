import { experimentSpec, experimentView, externalId } from '@goalpost/contracts'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { actorOf, workspaceOf } from '../../server/caller.ts'
import { notFound } from '../../server/problems.ts'
import {
  type Api,
  bodyMediaTypes,
  conditionalHeaders,
  json,
  notModified,
  problems,
} from '../../server/route-schemas.ts'
import { sentBodyOf } from '../../server/sent-body.ts'
import { traceOf } from '../../server/tracing.ts'
import { experimentEtag, readExperiment } from './read-experiment.ts'
import { createExperimentSender } from './send-experiment.ts'

const tags = ['Experiments']
const path = '/v1/experiments/by-external-id/:externalId'
const params = z.object({ externalId: externalId.describe('The name that your program has for the experiment') })

/** For programs that repeat what they did before they were interrupted. */
export function addExternalRoutes(app: Api, deps: ApiDependencies): void {
  const send = createExperimentSender(deps)

  app.put(
    path,
    {
      config: { access: 'submit' },
      schema: {
        tags,
        operationId: 'putExperiment',
        summary: 'Submit an experiment under a name of your own',
        description: 'Any number of equal requests make one experiment. The name is free again when that is deleted.',
        consumes: bodyMediaTypes,
        params,
        body: experimentSpec,
        response: {
          200: json('The experiment of that name, which has this spec', experimentView),
          201: json('The experiment, stored with all its runs and tasks', experimentView),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const workspaceId = workspaceOf(request)
      const { id, created } = await deps.intake.run({
        type: 'submit',
        workspaceId,
        body: sentBodyOf(request),
        idempotencyKey: undefined,
        actor: actorOf(request),
        externalId: request.params.externalId,
        trace: traceOf(request),
      })
      const view = await readExperiment(deps, workspaceId, id)
      void reply.header('location', `/v1/experiments/${id}`).header('etag', await experimentEtag(deps, view))
      return reply.status(created ? 201 : 200).send(view)
    },
  )

  app.get(
    path,
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'getExperimentByExternalId',
        summary: 'The experiment of that name',
        params,
        headers: conditionalHeaders,
        response: { 200: json('The experiment', experimentView), 304: notModified, ...problems },
      },
    },
    async (request, reply) => {
      const id = await deps.experiments.findExternal(workspaceOf(request), request.params.externalId)
      if (id === null) throw notFound('experiment', request.params.externalId)
      return send(id, { request, reply })
    },
  )
}
