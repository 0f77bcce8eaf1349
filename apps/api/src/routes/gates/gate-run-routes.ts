import { gateRunQuery, gateRunRequest, gateRunView, page, type GateRunView } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { actorOf, workspaceOf } from '../../server/caller.ts'
import { presentPage } from '../../server/pages.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, bodyMediaTypes, json, problems } from '../../server/route-schemas.ts'
import { smallBodyBytes, smallBodyOf } from '../../server/small-body.ts'
import { gateItemParams, gateParams, gateTags as tags } from './gate-params.ts'

export function addGateRunRoutes(app: Api, { gates }: ApiDependencies): void {
  app.get(
    '/v1/gates/:name/runs',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'listGateRuns',
        summary: 'The runs of a gate, newest first',
        params: gateParams,
        querystring: gateRunQuery,
        response: { 200: json('One page of runs', page(gateRunView)), ...problems },
      },
    },
    async (request) => {
      const { name } = request.params
      const found = await gates.runs(workspaceOf(request), name, request.query)
      if (found === null) throw notFound('gate', name)
      return presentPage(found)
    },
  )

  app.get(
    '/v1/gates/:name/runs/:id',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'getGateRun',
        summary: 'One run of a gate',
        params: gateItemParams,
        response: { 200: json('The run', gateRunView), ...problems },
      },
    },
    async (request) => readRun({ gates }, workspaceOf(request), request.params),
  )

  app.post(
    '/v1/gates/:name/runs',
    {
      config: { access: 'submit' },
      bodyLimit: smallBodyBytes,
      schema: {
        tags,
        operationId: 'startGateRun',
        summary: 'Test a version now',
        consumes: bodyMediaTypes,
        params: gateParams,
        body: gateRunRequest,
        response: { 201: json('The run', gateRunView), ...problems },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      const workspaceId = workspaceOf(request)
      const { version } = smallBodyOf(request, gateRunRequest)
      const id = await gates.startRun(workspaceId, name, version, actorOf(request))
      const run = await readRun({ gates }, workspaceId, { name, id })
      return reply.status(201).header('location', `/v1/gates/${name}/runs/${id}`).send(run)
    },
  )
}

async function readRun(
  { gates }: Pick<ApiDependencies, 'gates'>,
  workspaceId: string,
  { name, id }: { readonly name: string; readonly id: string },
): Promise<GateRunView> {
  const run = await gates.run(workspaceId, name, id)
  if (run === null) throw notFound('gate run', id)
  return run
}
