import {
  createdApiKey,
  GoalpostError,
  newApiKey,
  newWorkspace,
  page,
  pageQuery,
  quotaChange,
  workspaceView,
} from '@goalpost/contracts'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { createSecret } from '../../server/authentication.ts'
import { actorOf } from '../../server/caller.ts'
import { presentPage } from '../../server/pages.ts'
import { notFound } from '../../server/problems.ts'
import { smallBodyBytes, smallBodyOf } from '../../server/small-body.ts'
import { type Api, bodyMediaTypes, json, problems } from '../../server/route-schemas.ts'
import { toStore } from '../api-keys/api-key-routes.ts'

const tags = ['Administration']

type Dependencies = Pick<ApiDependencies, 'apiKeys' | 'workspaces' | 'database' | 'now'>

/** For operators: they make workspaces and hand out the first key of each. They cannot read what is in them. */
export function addWorkspaceRoutes(app: Api, { apiKeys, workspaces, database, now }: Dependencies): void {
  app.get(
    '/v1/workspaces',
    {
      config: { access: 'operator' },
      schema: {
        tags,
        operationId: 'listWorkspaces',
        summary: 'All workspaces, oldest first',
        querystring: pageQuery,
        response: { 200: json('One page of workspaces', page(workspaceView)), ...problems },
      },
    },
    async (request) => presentPage(await workspaces.list(request.query)),
  )

  app.post(
    '/v1/workspaces',
    {
      config: { access: 'operator' },
      bodyLimit: smallBodyBytes,
      schema: {
        tags,
        operationId: 'createWorkspace',
        summary: 'Create a workspace',
        consumes: bodyMediaTypes,
        body: newWorkspace,
        response: { 201: json('The workspace', workspaceView), ...problems },
      },
    },
    async (request, reply) => {
      const { name } = smallBodyOf(request, newWorkspace)
      const created = await workspaces.create(name, actorOf(request))
      if (created === null) throw new GoalpostError('state-conflict', `The workspace ${name} already exists`)
      return reply.status(201).send(created)
    },
  )

  app.post(
    '/v1/workspaces/:name/quota',
    {
      config: { access: 'operator' },
      bodyLimit: smallBodyBytes,
      schema: {
        tags,
        operationId: 'setWorkspaceQuota',
        summary: 'Limit what a workspace may use; fields that are missing stay, null removes a limit',
        params: z.object({ name: z.string().min(1).max(120) }),
        consumes: bodyMediaTypes,
        body: quotaChange,
        response: { 200: json('The workspace as it is now', workspaceView), ...problems },
      },
    },
    async (request) => {
      const { name } = request.params
      const changed = await workspaces.setQuota(name, smallBodyOf(request, quotaChange), actorOf(request))
      if (changed === null) throw notFound('workspace', name)
      return changed
    },
  )

  app.post(
    '/v1/workspaces/:name/api-keys',
    {
      config: { access: 'operator' },
      bodyLimit: smallBodyBytes,
      schema: {
        tags,
        operationId: 'createWorkspaceApiKey',
        summary: 'Create a key of any workspace, such as its first',
        params: z.object({ name: z.string().min(1).max(120) }),
        consumes: bodyMediaTypes,
        body: newApiKey,
        response: { 201: json('The key and its secret', createdApiKey), ...problems },
      },
    },
    async (request, reply) => {
      const workspaceId = await workspaces.findId(request.params.name)
      if (workspaceId === null) throw notFound('workspace', request.params.name)
      const secret = createSecret()
      const stored = toStore(smallBodyOf(request, newApiKey), secret, now())
      const key = await database.within(workspaceId, () => apiKeys.create(workspaceId, stored, actorOf(request)))
      return reply.status(201).header('cache-control', 'no-store').send({ key, secret })
    },
  )
}
