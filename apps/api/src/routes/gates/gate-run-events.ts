import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, problems } from '../../server/route-schemas.ts'
import { sendEvents } from '../../server/send-events.ts'
import { gateItemParams, gateTags as tags } from './gate-params.ts'
import { createWatchedRunReader } from './read-watched-runs.ts'
import { watchRun } from './watch-run.ts'

const stream = {
  description: 'Messages of the type `run`; data is the run as JSON',
  content: { 'text/event-stream': { schema: z.string() } },
}

export function addGateRunEvents(app: Api, deps: ApiDependencies): void {
  const readRun = createWatchedRunReader(deps)
  // Open streams would delay closing the server until their runs end.
  const closing = new AbortController()
  app.addHook('preClose', async () => closing.abort())

  app.get(
    '/v1/gates/:name/runs/:id/events',
    {
      compress: false,
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'watchGateRun',
        summary: 'How a run stands, whenever that changes (Server-Sent Events)',
        description: 'The run as it is now, then after every change. Ends when the run does.',
        params: gateItemParams,
        response: { 200: stream, ...problems },
      },
    },
    async (request, reply) => {
      const workspaceId = workspaceOf(request)
      const { name, id } = request.params
      if ((await deps.gates.run(workspaceId, name, id)) === null) throw notFound('gate run', id)
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const signal = AbortSignal.any([gone.signal, closing.signal])
      return sendEvents(reply, watchRun({ ...deps, read: () => readRun(id) }, signal), deps.metrics)
    },
  )
}
