import { modelQuery, modelView, page } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { actorOf, workspaceOf } from '../../server/caller.ts'
import { etagOf, matchesEtag, sendNotModified } from '../../server/etag.ts'
import { presentPage } from '../../server/pages.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, conditionalHeaders, deleted, json, notModified, problems } from '../../server/route-schemas.ts'
import { modelParams } from './model-params.ts'

export function addModelRoutes(app: Api, { models, settings }: ApiDependencies): void {
  app.get(
    '/v1/models',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Models'],
        operationId: 'listModels',
        summary: 'Models, by name',
        querystring: modelQuery,
        response: { 200: json('One page of models', page(modelView)), ...problems },
      },
    },
    async (request) => presentPage(await models.models(workspaceOf(request), request.query)),
  )

  app.get(
    '/v1/models/:name',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Models'],
        operationId: 'getModel',
        summary: 'One model with its aliases',
        params: modelParams,
        headers: conditionalHeaders,
        response: { 200: json('The model', modelView), 304: notModified, ...problems },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      const view = await models.model({ workspaceId: workspaceOf(request), model: name })
      if (view === null) throw notFound('model', name)
      const etag = etagOf(view.revision, settings.codeRevision)
      if (matchesEtag(request.headers['if-none-match'], etag)) return sendNotModified(reply, etag)
      return reply.header('etag', etag).send(view)
    },
  )

  app.delete(
    '/v1/models/:name',
    {
      config: { access: 'manage' },
      schema: {
        tags: ['Models'],
        operationId: 'deleteModel',
        summary: 'Remove a model from lists, with its aliases',
        description: 'Files and numbers are kept: results that used a version can still be read and verified.',
        params: modelParams,
        response: { 204: deleted, ...problems },
      },
    },
    async (request, reply) => {
      await models.deleteModel({ workspaceId: workspaceOf(request), model: request.params.name }, actorOf(request))
      return reply.status(204).send(null)
    },
  )
}
