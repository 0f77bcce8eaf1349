import { bisectionRequest, bisectionView, type BisectionView } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, bodyMediaTypes, json, problems } from '../../server/route-schemas.ts'
import { smallBodyBytes, smallBodyOf } from '../../server/small-body.ts'
import { gateItemParams, gateParams, gateTags as tags } from './gate-params.ts'

export function addBisectionRoutes(app: Api, { gates }: ApiDependencies): void {
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
      const id = await gates.startBisection(workspaceId, name, smallBodyOf(request, bisectionRequest))
      const view = await readBisection({ gates }, workspaceId, { name, id })
      return reply.status(201).header('location', `/v1/gates/${name}/bisections/${id}`).send(view)
    },
  )

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
  { gates }: Pick<ApiDependencies, 'gates'>,
  workspaceId: string,
  { name, id }: { readonly name: string; readonly id: string },
): Promise<BisectionView> {
  const view = await gates.bisection(workspaceId, name, id)
  if (view === null) throw notFound('bisection', id)
  return view
}
