import { modelRegistration, modelVersionQuery, modelVersionView, page, tagChange } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { actorOf, workspaceOf } from '../../server/caller.ts'
import { etagOf, matchesEtag, sendNotModified } from '../../server/etag.ts'
import { presentPage } from '../../server/pages.ts'
import { notFound } from '../../server/problems.ts'
import {
  type Api,
  bodyMediaTypes,
  conditionalHeaders,
  deleted,
  json,
  notModified,
  problems,
} from '../../server/route-schemas.ts'
import { sentBodyOf } from '../../server/sent-body.ts'
import { smallBodyBytes, smallBodyOf } from '../../server/small-body.ts'
import { modelParams, versionOf, versionParams } from './model-params.ts'
import { requireVersion } from './require-version.ts'

export function addVersionRoutes(app: Api, deps: ApiDependencies): void {
  addRegistration(app, deps)
  addReading(app, deps)
  addTagging(app, deps)
  addDeletion(app, deps)
}

function addRegistration(app: Api, { models, intake }: ApiDependencies): void {
  app.post(
    '/v1/models/:name/versions',
    {
      config: { access: 'submit' },
      schema: {
        tags: ['Models'],
        operationId: 'registerModelVersion',
        summary: 'Register a file as the next version; the first one creates the model',
        description:
          'Upload the file first. A file that the model already has is the same version: only its tags and aliases change.',
        consumes: bodyMediaTypes,
        params: modelParams,
        body: modelRegistration,
        response: {
          200: json('The version that already has this file', modelVersionView),
          201: json('The new version', modelVersionView),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const which = { workspaceId: workspaceOf(request), model: request.params.name }
      const job = { type: 'request', name: 'modelRegistration', body: sentBodyOf(request) } as const
      const { number, created } = await models.register(which, await intake.run(job), actorOf(request))
      const { view } = await requireVersion({ models }, { ...which, version: number })
      if (!created) return reply.status(200).send(view)
      return reply.status(201).header('location', `/v1/models/${which.model}/versions/${number}`).send(view)
    },
  )
}

function addReading(app: Api, { models, settings }: ApiDependencies): void {
  app.get(
    '/v1/models/:name/versions',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Models'],
        operationId: 'listModelVersions',
        summary: 'The versions of a model, newest first',
        params: modelParams,
        querystring: modelVersionQuery,
        response: { 200: json('One page of versions', page(modelVersionView)), ...problems },
      },
    },
    async (request) => {
      const { name } = request.params
      const found = await models.versions({ workspaceId: workspaceOf(request), model: name }, request.query)
      if (found === null) throw notFound('model', name)
      return presentPage(found)
    },
  )

  app.get(
    '/v1/models/:name/versions/:version',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Models'],
        operationId: 'getModelVersion',
        summary: 'One version, by number, by alias or the latest',
        params: versionParams,
        headers: conditionalHeaders,
        response: { 200: json('The version', modelVersionView), 304: notModified, ...problems },
      },
    },
    async (request, reply) => {
      const { name, version } = request.params
      const which = { workspaceId: workspaceOf(request), model: name, version: versionOf(version) }
      const { view, revision } = await requireVersion({ models }, which)
      const etag = etagOf(revision, settings.codeRevision)
      if (matchesEtag(request.headers['if-none-match'], etag)) return sendNotModified(reply, etag)
      return reply.header('etag', etag).send(view)
    },
  )
}

function addTagging(app: Api, { models }: ApiDependencies): void {
  app.post(
    '/v1/models/:name/versions/:version/tags',
    {
      config: { access: 'submit' },
      bodyLimit: smallBodyBytes,
      schema: {
        tags: ['Models'],
        operationId: 'tagModelVersion',
        summary: 'Add and remove tags of a version',
        consumes: bodyMediaTypes,
        params: versionParams,
        body: tagChange,
        response: { 200: json('The version', modelVersionView), ...problems },
      },
    },
    async (request) => {
      const { name, version } = request.params
      const which = { workspaceId: workspaceOf(request), model: name, version: versionOf(version) }
      await models.tag(which, smallBodyOf(request, tagChange), actorOf(request))
      return (await requireVersion({ models }, which)).view
    },
  )
}

function addDeletion(app: Api, { models }: ApiDependencies): void {
  app.delete(
    '/v1/models/:name/versions/:version',
    {
      config: { access: 'manage' },
      schema: {
        tags: ['Models'],
        operationId: 'deleteModelVersion',
        summary: 'Remove a version from lists',
        description: 'Its file and number are kept: results that used it can still be read and verified.',
        params: versionParams,
        response: { 204: deleted, ...problems },
      },
    },
    async (request, reply) => {
      const { name, version } = request.params
      const which = { workspaceId: workspaceOf(request), model: name, version: versionOf(version) }
      await models.deleteVersion(which, actorOf(request))
      return reply.status(204).send(null)
    },
  )
}
