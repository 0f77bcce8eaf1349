import { onsetCurve } from '@goalpost/contracts'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { type Api, json, problems } from '../../server/route-schemas.ts'
import { drawBadge } from './draw-badge.ts'
import { gateParams, gateTags as tags } from './gate-params.ts'
import { readGate } from './gate-routes.ts'
import { readOnsetCurves } from './read-onset-curves.ts'

export function addGateReportRoutes(app: Api, deps: ApiDependencies): void {
  app.get(
    '/v1/gates/:name/onset',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'getOnsetCurves',
        summary: "Each rule's measure over the versions of the model, with the rule's line",
        params: gateParams,
        response: {
          200: json('One curve for each rule', z.strictObject({ curves: z.array(onsetCurve) })),
          ...problems,
        },
      },
    },
    async (request) => ({
      curves: await readOnsetCurves(deps, { workspaceId: workspaceOf(request), name: request.params.name }),
    }),
  )

  const svg = { description: 'A picture', content: { 'image/svg+xml': { schema: z.string() } } }
  app.get(
    '/v1/gates/:name/badge.svg',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'getGateBadge',
        summary: 'The outcome of the latest run, as a picture',
        params: gateParams,
        response: { 200: svg, ...problems },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      const { latest } = await readGate(deps, workspaceOf(request), name)
      void reply.type('image/svg+xml').header('cache-control', 'no-cache')
      return reply.send(drawBadge(name, latest?.outcome ?? null))
    },
  )
}
