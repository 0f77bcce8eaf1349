import { eventStreamHeaders, eventStreamQuery, type WorkspaceEvent } from '@goalpost/contracts'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { type Api, problems } from '../../server/route-schemas.ts'
import { sendEvents } from '../../server/send-events.ts'
import { createSharedRead } from './shared-read.ts'
import { createStandingPoll } from './standing-poll.ts'
import { watchWorkspace } from './watch-workspace.ts'

const stream = {
  description:
    'First `ready`, then messages whose type is that of the event; data is the event as JSON. `experiment.progress` has no id: data is how an open experiment stands',
  content: { 'text/event-stream': { schema: z.string() } },
}

export function addWorkspaceEventRoutes(app: Api, { experiments, metrics, settings, now }: ApiDependencies): void {
  const poll = createStandingPoll(experiments, settings.eventPollMs)
  const shareEvents = createSharedRead<readonly WorkspaceEvent[]>()
  // Open streams would delay closing the server.
  const closing = new AbortController()
  app.addHook('preClose', async () => closing.abort())

  app.get(
    '/v1/events',
    {
      compress: false,
      config: { access: 'read' },
      schema: {
        tags: ['Events'],
        operationId: 'watchWorkspace',
        summary: 'What happens in the workspace (Server-Sent Events)',
        description:
          'Events since Last-Event-ID, in order and without gaps, then new ones. The id is also taken as a parameter, since browsers send the header only when they reconnect.',
        querystring: eventStreamQuery,
        headers: eventStreamHeaders,
        response: { 200: stream, ...problems },
      },
    },
    async (request, reply) => {
      const { events = ['*'], lastEventId, follow } = request.query
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const watch = {
        workspaceId: workspaceOf(request),
        after: request.headers['last-event-id'] ?? lastEventId,
        filters: events,
        follow: follow === 'true',
        signal: AbortSignal.any([gone.signal, closing.signal]),
      }
      return sendEvents(
        reply,
        watchWorkspace({ events: experiments, poll, shareEvents, settings, now }, watch),
        metrics,
      )
    },
  )
}
