import { gateQuery, gateSpec, gateSummary, gateView, page, type GateView } from '@goalpost/contracts'
import type { ApiDependencies } from '../../dependencies.ts'
import { actorOf, workspaceOf } from '../../server/caller.ts'
import { presentPage } from '../../server/pages.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, bodyMediaTypes, deleted, json, problems } from '../../server/route-schemas.ts'
import { sentBodyOf } from '../../server/sent-body.ts'
import { gateParams, gateTags as tags } from './gate-params.ts'

export function addGateRoutes(app: Api, deps: ApiDependencies): void {
  addDeletion(app, deps)
  app.get(
    '/v1/gates',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'listGates',
        summary: 'Gates, by name',
        querystring: gateQuery,
        response: { 200: json('One page of gates', page(gateSummary)), ...problems },
      },
    },
    async (request) => presentPage(await deps.gates.list(workspaceOf(request), request.query)),
  )

  app.get(
    '/v1/gates/:name',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'getGate',
        summary: 'One gate with its latest run',
        params: gateParams,
        response: { 200: json('The gate', gateView), ...problems },
      },
    },
    async (request) => readGate(deps, workspaceOf(request), request.params.name),
  )

  app.put(
    '/v1/gates/:name',
    {
      config: { access: 'manage' },
      schema: {
        tags,
        operationId: 'applyGate',
        summary: 'Create a gate, or add a version of its spec if that has changed',
        description:
          'Its experiment is checked as at a submission. Runs that have started keep the spec of their time.',
        consumes: bodyMediaTypes,
        params: gateParams,
        body: gateSpec,
        response: { 200: json('The gate', gateView), 201: json('The new gate', gateView), ...problems },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      const workspaceId = workspaceOf(request)
      const body = sentBodyOf(request)
      const { created } = await deps.intake.run({
        type: 'apply-gate',
        workspaceId,
        name,
        body,
        actor: actorOf(request),
      })
      return reply.status(created ? 201 : 200).send(await readGate(deps, workspaceId, name))
    },
  )
}

function addDeletion(app: Api, { gates }: ApiDependencies): void {
  app.delete(
    '/v1/gates/:name',
    {
      config: { access: 'manage' },
      schema: {
        tags,
        operationId: 'deleteGate',
        summary: 'Remove a gate from lists; it starts no more runs',
        description:
          'Its runs can still be read. Applying it again restores it. Refused while a run or search is open.',
        params: gateParams,
        response: { 204: deleted, ...problems },
      },
    },
    async (request, reply) => {
      await gates.delete(workspaceOf(request), request.params.name, actorOf(request))
      return reply.status(204).send(null)
    },
  )
}

/** @throws GoalpostError `not-found` */
export async function readGate(
  { gates }: Pick<ApiDependencies, 'gates'>,
  workspaceId: string,
  name: string,
): Promise<GateView> {
  const view = await gates.get(workspaceId, name)
  if (view === null) throw notFound('gate', name)
  return view
}
