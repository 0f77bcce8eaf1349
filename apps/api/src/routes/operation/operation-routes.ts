import { GoalpostError, health, readiness } from '@goalpost/contracts'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { type Api, json, problems } from '../../server/route-schemas.ts'

/** For operators: liveness, readiness and metrics. */
export function addOperationRoutes(app: Api, deps: ApiDependencies): void {
  const { database, drain, metrics, settings } = deps
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
        summary: 'The database responds, is fully migrated and can be written, and the process is not about to end',
        response: { 200: json('Requests can be served', readiness), ...problems },
      },
    },
    async () => {
      if (drain.isDraining()) throw new GoalpostError('unavailable', 'This process is about to end')
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
      config: { access: settings.openMetrics ? 'public' : 'read', acceptsMetricsToken: true },
      schema: {
        tags: ['Operation'],
        operationId: 'getMetrics',
        summary: 'Metrics in Prometheus text format',
        description:
          "What this process did, for every key. What the database knows of all workspaces (`goalpost_tasks`, `goalpost_experiments`, `goalpost_verdicts`, `goalpost_workers`, `goalpost_database_up`) for an operator's key, for the token of `GOALPOST_METRICS_TOKEN`, and for everybody with `GOALPOST_OPEN_METRICS`.",
        response: {
          200: {
            description: 'The metrics that the caller may see',
            content: { 'text/plain': { schema: z.string() } },
          },
          ...problems,
        },
      },
    },
    async ({ caller }, reply) => {
      // Nobody: the metrics are open, or a scraper has sent the token.
      const seesFleet = caller === null || caller.operator
      const registries = seesFleet ? [metrics.registry, metrics.fleetRegistry] : [metrics.registry]
      const texts = await Promise.all(registries.map((registry) => registry.metrics()))
      return reply
        .type(metrics.registry.contentType)
        .serializer((text: string) => text)
        .send(texts.join(''))
    },
  )
}
