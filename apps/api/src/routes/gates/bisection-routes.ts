import { bisectionRequest, bisectionView, page, pageQuery, type BisectionView } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { actorOf, workspaceOf } from '../../server/caller.ts'
import { presentPage } from '../../server/pages.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, bodyMediaTypes, json, problems } from '../../server/route-schemas.ts'
import { smallBodyBytes, smallBodyOf } from '../../server/small-body.ts'
import { gateItemParams, gateParams, gateTags as tags } from './gate-params.ts'

type Gates = Pick<ApiDependencies, 'gates'>

export function addBisectionRoutes(app: Api, deps: ApiDependencies): void {
  addStart(app, deps)
  addList(app, deps)
  addOne(app, deps)
}

function addStart(app: Api, { gates }: Gates): void {
  app.post(
    '/v1/gates/:name/bisections',
    {
      config: { access: 'submit' },
      bodyLimit: smallBodyBytes,
      schema: {
        tags,
        operationId: 'startBisection',
        summary: 'Search for the first version that violates the gate',
        consumes: bodyMediaTypes,
        params: gateParams,
        body: bisectionRequest,
        response: { 201: json('The search', bisectionView), ...problems },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      const workspaceId = workspaceOf(request)
      const id = await gates.startBisection(workspaceId, name, smallBodyOf(request, bisectionRequest), actorOf(request))
      const view = await readBisection({ gates }, workspaceId, { name, id })
      return reply.status(201).header('location', `/v1/gates/${name}/bisections/${id}`).send(view)
    },
  )
}

function addList(app: Api, { gates }: Gates): void {
  app.get(
    '/v1/gates/:name/bisections',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'listBisections',
        summary: 'The searches of a gate, newest first',
        params: gateParams,
        querystring: pageQuery,
        response: { 200: json('One page of searches', page(bisectionView)), ...problems },
      },
    },
    async (request) => {
      const { name } = request.params
      const found = await gates.bisections(workspaceOf(request), name, request.query)
      if (found === null) throw notFound('gate', name)
      return presentPage(found)
    },
  )
}

function addOne(app: Api, { gates }: Gates): void {
  app.get(
    '/v1/gates/:name/bisections/:id',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'getBisection',
        summary: 'One search with the versions it has tested',
        params: gateItemParams,
        response: { 200: json('The search', bisectionView), ...problems },
      },
    },
    async (request) => readBisection({ gates }, workspaceOf(request), request.params),
  )
}

async function readBisection(
  { gates }: Gates,
  workspaceId: string,
  { name, id }: { readonly name: string; readonly id: string },
): Promise<BisectionView> {
  const view = await gates.bisection(workspaceId, name, id)
  if (view === null) throw notFound('bisection', id)
  return view
}
