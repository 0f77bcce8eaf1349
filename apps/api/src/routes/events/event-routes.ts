import type { ExperimentEvent } from '@goalpost/contracts'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, idParams, problems } from '../../server/route-schemas.ts'
import { sendEvents } from '../../server/send-events.ts'
import { createSharedRead } from './shared-read.ts'
import { createStandingReader } from './read-standing.ts'
import { createVersionPoll } from './version-poll.ts'
import { watchExperiment } from './watch-experiment.ts'

const eventId = z.union([z.literal('latest'), z.coerce.number().int().min(0)])

const eventHeaders = z.object({
  'last-event-id': eventId.optional().describe('Id of the last change received; precedes the parameter'),
})

/** For those who cannot send headers, such as a browser's EventSource. */
const eventQuery = z.strictObject({
  lastEventId: eventId.default(0).describe('Id of the last change received; 0 for all, `latest` for only new ones'),
})

const stream = {
  description: 'Messages of the types `change`, `progress` and `end`; data is JSON',
  content: { 'text/event-stream': { schema: z.string() } },
}

export function addEventRoutes(app: Api, deps: ApiDependencies): void {
  const readStanding = createStandingReader(deps)
  const pollVersion = createVersionPoll(deps.experiments, deps.settings.eventPollMs)
  const shareChanges = createSharedRead<readonly ExperimentEvent[]>()
  // Open streams would delay closing the server until their experiments end.
  const closing = new AbortController()
  app.addHook('preClose', async () => closing.abort())

  app.get(
    '/v1/experiments/:id/events',
    {
      compress: false,
      config: { access: 'read' },
      schema: {
        tags: ['Experiments'],
        operationId: 'watchExperiment',
        summary: 'The changes of an experiment as they happen (Server-Sent Events)',
        description:
          'Every change since Last-Event-ID without gaps, then new ones. With the id `latest` only new ones: the first `progress` has the id to go on from. Ends when the experiment does.',
        params: idParams,
        headers: eventHeaders,
        querystring: eventQuery,
        response: { 200: stream, ...problems },
      },
    },
    async (request, reply) => {
      const workspaceId = workspaceOf(request)
      const experimentId = request.params.id
      if ((await deps.experiments.revision(workspaceId, experimentId)) === null)
        throw notFound('experiment', experimentId)
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const watch = {
        workspaceId,
        experimentId,
        after: request.headers['last-event-id'] ?? request.query.lastEventId,
        signal: AbortSignal.any([gone.signal, closing.signal]),
      }
      return sendEvents(
        reply,
        watchExperiment({ ...deps, readStanding, pollVersion, shareChanges }, watch),
        deps.metrics,
      )
    },
  )
}
