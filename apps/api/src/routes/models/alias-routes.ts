import { aliasMove, aliasMoveQuery, aliasMoveView, modelView, page } from '@goalpost/contracts'
import type { WhichModel } from '@goalpost/experiments'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { actorOf, workspaceOf } from '../../server/caller.ts'
import { etagOf, requireMatch } from '../../server/etag.ts'
import { presentPage } from '../../server/pages.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, bodyMediaTypes, deleted, json, problems } from '../../server/route-schemas.ts'
import { smallBodyBytes, smallBodyOf } from '../../server/small-body.ts'
import { aliasParams, modelParams } from './model-params.ts'

const changeHeaders = z.object({
  'if-match': z.string().max(500).optional().describe('Answers 412 if the model’s ETag has changed'),
})

export function addAliasRoutes(app: Api, deps: ApiDependencies): void {
  const { models } = deps

  app.put(
    '/v1/models/:name/aliases/:alias',
    {
      config: { access: 'submit' },
      bodyLimit: smallBodyBytes,
      schema: {
        tags: ['Models'],
        operationId: 'moveModelAlias',
        summary: 'Move an alias to a version',
        consumes: bodyMediaTypes,
        params: aliasParams,
        headers: changeHeaders,
        body: aliasMove,
        response: { 200: json('The model as it is now', modelView), ...problems },
      },
    },
    async (request) => {
      const { name, alias } = request.params
      const which = { workspaceId: workspaceOf(request), model: name }
      const { version } = smallBodyOf(request, aliasMove)
      const expectedRevision = await readExpected(deps, which, request.headers['if-match'])
      await models.moveAlias(which, { alias, version, expectedRevision }, actorOf(request))
      const view = await models.model(which)
      if (view === null) throw notFound('model', name)
      return view
    },
  )

  app.delete(
    '/v1/models/:name/aliases/:alias',
    {
      config: { access: 'manage' },
      schema: {
        tags: ['Models'],
        operationId: 'removeModelAlias',
        summary: 'Remove an alias; its history is kept',
        params: aliasParams,
        headers: changeHeaders,
        response: { 204: deleted, ...problems },
      },
    },
    async (request, reply) => {
      const { name, alias } = request.params
      const which = { workspaceId: workspaceOf(request), model: name }
      const expectedRevision = await readExpected(deps, which, request.headers['if-match'])
      await models.moveAlias(which, { alias, version: null, expectedRevision }, actorOf(request))
      return reply.status(204).send(null)
    },
  )

  app.get(
    '/v1/models/:name/history',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Models'],
        operationId: 'listModelAliasMoves',
        summary: 'Moves of aliases, newest first',
        params: modelParams,
        querystring: aliasMoveQuery,
        response: { 200: json('One page of moves', page(aliasMoveView)), ...problems },
      },
    },
    async (request) => {
      const { name } = request.params
      const found = await models.aliasMoves({ workspaceId: workspaceOf(request), model: name }, request.query)
      if (found === null) throw notFound('model', name)
      return presentPage(found)
    },
  )
}

/** The revision that the client names, which the store compares again under its lock. */
async function readExpected(
  { models, settings }: ApiDependencies,
  which: WhichModel,
  ifMatch: string | undefined,
): Promise<number | undefined> {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined
  const view = await models.model(which)
  if (view === null) throw notFound('model', which.model)
  requireMatch(ifMatch, etagOf(view.revision, settings.codeRevision))
  return view.revision
}
