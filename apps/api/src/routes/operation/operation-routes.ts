import { GoalpostError, health, readiness } from '@goalpost/contracts'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { type Api, json, problems } from '../../server/route-schemas.ts'

/** For operators: liveness, readiness and metrics. */
export function addOperationRoutes(app: Api, deps: ApiDependencies): void {
  const { database, metrics, settings } = deps
  app.get(
    '/healthz',
    {
      config: { access: 'public', rateLimit: false },
      schema: {
        operationId: 'getHealth',
        tags: ['Operation'],
        summary: 'The process is alive',
        response: { 200: json('It is alive', health), ...problems },
      },
    },
    () => ({ status: 'ok' }) as const,
  )

  app.get(
    '/readyz',
    {
      config: { access: 'public', rateLimit: false },
      schema: {
        tags: ['Operation'],
        operationId: 'getReadiness',
        summary: 'The database responds, is fully migrated and can be written',
        response: { 200: json('Requests can be served', readiness), ...problems },
      },
    },
    async () => {
      await database.ping().catch((error: unknown) => {
        if (error instanceof GoalpostError && error.code === 'storage-full') throw error
        throw new GoalpostError('unavailable', 'The database does not respond', { cause: error })
      })
      return { status: 'ready', codeRevision: settings.codeRevision } as const
    },
  )

  app.get(
    '/metrics',
    {
      config: { access: settings.openMetrics ? 'public' : 'read' },
      schema: {
        tags: ['Operation'],
        operationId: 'getMetrics',
        summary: 'Metrics in Prometheus text format',
        response: {
          200: { description: 'All metrics of this process', content: { 'text/plain': { schema: z.string() } } },
          ...problems,
        },
      },
    },
    async (_request, reply) => {
      return reply
        .type(metrics.registry.contentType)
        .serializer((text: string) => text)
        .send(await metrics.registry.metrics())
    },
  )
}
