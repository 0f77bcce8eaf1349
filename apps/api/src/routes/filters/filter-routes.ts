import { filterName, filterToSave, savedFilter, savedFilters } from '@goalpost/contracts'
import type { FilterChanging } from '@goalpost/experiments'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { actorOf, mayManage, workspaceOf } from '../../server/caller.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, bodyMediaTypes, json, problems } from '../../server/route-schemas.ts'
import { smallBodyBytes, smallBodyOf } from '../../server/small-body.ts'

const tags = ['Experiments']
const path = '/v1/filters/:name'
const params = z.object({ name: filterName })
const needsManage = 'If another key saved it, this needs the scope `manage`.'

function changingOf(request: FastifyRequest): FilterChanging {
  return { actor: actorOf(request), mayChangeOthers: mayManage(request) }
}

/** Filters of the list of experiments that have a name. */
export function addFilterRoutes(app: Api, { filters }: Pick<ApiDependencies, 'filters'>): void {
  app.get(
    '/v1/filters',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'listFilters',
        summary: 'The saved filters of the workspace',
        response: { 200: json('All of them, by name', savedFilters), ...problems },
      },
    },
    async (request) => ({ items: [...(await filters.list(workspaceOf(request)))] }),
  )

  app.get(
    path,
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'getFilter',
        summary: 'One saved filter',
        params,
        response: { 200: json('The filter', savedFilter), ...problems },
      },
    },
    async (request) => {
      const found = await filters.get(workspaceOf(request), request.params.name)
      if (found === null) throw notFound('filter', request.params.name)
      return found
    },
  )

  app.put(
    path,
    {
      config: { access: 'submit' },
      bodyLimit: smallBodyBytes,
      schema: {
        tags,
        operationId: 'saveFilter',
        summary: 'Save a filter, or replace the one of that name',
        description: needsManage,
        params,
        consumes: bodyMediaTypes,
        body: filterToSave,
        response: { 200: json('The filter', savedFilter), ...problems },
      },
    },
    async (request) => {
      const { filter } = smallBodyOf(request, filterToSave)
      return filters.save(workspaceOf(request), { name: request.params.name, filter }, changingOf(request))
    },
  )

  app.delete(
    path,
    {
      config: { access: 'submit' },
      schema: {
        tags,
        operationId: 'deleteFilter',
        summary: 'Delete a saved filter',
        description: needsManage,
        params,
        response: { 204: z.null().describe('It is deleted'), ...problems },
      },
    },
    async (request, reply) => {
      if (!(await filters.remove(workspaceOf(request), request.params.name, changingOf(request))))
        throw notFound('filter', request.params.name)
      return reply.status(204).send(null)
    },
  )
}
