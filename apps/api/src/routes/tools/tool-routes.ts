import { jsonObject, toolAnswer } from '@goalpost/contracts'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { actorOf, mayAdminister, workspaceOf } from '../../server/caller.ts'
import { type Api, bodyMediaTypes, json, problems } from '../../server/route-schemas.ts'
import { sentBodyOf } from '../../server/sent-body.ts'
import { useTool } from './use-tool.ts'

const name = z.string().min(1).max(80)
const toolParams = z.object({ name, group: name, tool: name })

/** The tools of protocols. Their names and arguments are data here. */
export function addToolRoutes(app: Api, deps: ApiDependencies): void {
  app.post(
    '/v1/protocols/:name/tools/:group/:tool',
    {
      // A tool's files are stored.
      config: { access: 'submit' },
      schema: {
        tags: ['Catalog'],
        operationId: 'useTool',
        summary: 'Run a protocol’s tool',
        description:
          'The tools of a protocol, with the JSON Schema of their arguments, are listed with the protocol. The body holds the ' +
          'arguments. The output is stored in the workspace under its hash; equal arguments give equal output.',
        consumes: bodyMediaTypes,
        params: toolParams,
        body: jsonObject,
        response: { 200: json('The tool’s output', toolAnswer), ...problems },
      },
    },
    (request) =>
      useTool(deps, workspaceOf(request), {
        protocol: request.params.name,
        group: request.params.group,
        name: request.params.tool,
        body: sentBodyOf(request),
        operator: mayAdminister(request),
        actor: actorOf(request),
      }),
  )
}
