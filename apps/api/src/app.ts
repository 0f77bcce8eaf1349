import { LogController, fastify, type FastifyBaseLogger } from 'fastify'
import { isInRanges } from '@goalpost/experiments'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { v7 as uuidv7 } from 'uuid'
import type { ApiDependencies } from './dependencies.ts'
import { addApiKeyRoutes } from './routes/api-keys/api-key-routes.ts'
import { addArtifactRoutes } from './routes/artifacts/artifact-routes.ts'
import { addCatalogRoutes } from './routes/catalog/catalog-routes.ts'
import { addCheckpointRoutes } from './routes/checkpoints/checkpoint-routes.ts'
import { addLeagueRoutes } from './routes/leagues/league-routes.ts'
import { addComparisonRoutes } from './routes/comparisons/comparison-routes.ts'
import { addEventRoutes } from './routes/events/event-routes.ts'
import { addWorkspaceEventRoutes } from './routes/events/workspace-event-routes.ts'
import { addActionRoutes } from './routes/experiments/action-routes.ts'
import { addBulkRoutes } from './routes/experiments/bulk-routes.ts'
import { addChangeRoutes } from './routes/experiments/change-routes.ts'
import { addExternalRoutes } from './routes/experiments/external-routes.ts'
import { addNamedRoutes } from './routes/experiments/named-routes.ts'
import { addSettingRoutes } from './routes/experiments/setting-routes.ts'
import { addDeletionRoutes } from './routes/experiments/deletion-routes.ts'
import { addFacetRoutes } from './routes/experiments/facet-routes.ts'
import { addExperimentRoutes } from './routes/experiments/experiment-routes.ts'
import { addFilterRoutes } from './routes/filters/filter-routes.ts'
import { addBisectionRoutes } from './routes/gates/bisection-routes.ts'
import { addGateReportRoutes } from './routes/gates/gate-report-routes.ts'
import { addGateRoutes } from './routes/gates/gate-routes.ts'
import { addGateRunEvents } from './routes/gates/gate-run-events.ts'
import { addGateRunRoutes } from './routes/gates/gate-run-routes.ts'
import { addAliasRoutes } from './routes/models/alias-routes.ts'
import { addModelRoutes } from './routes/models/model-routes.ts'
import { addDeploymentReportRoutes } from './routes/models/deployment-report-routes.ts'
import { addVersionRoutes } from './routes/models/version-routes.ts'
import { addOperationRoutes } from './routes/operation/operation-routes.ts'
import { addInvitationRoutes } from './routes/people/invitation-routes.ts'
import { addMemberRoutes } from './routes/people/member-routes.ts'
import { addOidcRoutes } from './routes/people/oidc-routes.ts'
import { addProvenanceRoutes } from './routes/results/provenance-routes.ts'
import { addReportPageRoutes } from './routes/results/report-page-routes.ts'
import { addResultRoutes } from './routes/results/result-routes.ts'
import { addReceiptRoutes } from './routes/receipts/receipt-routes.ts'
import { addRunRoutes } from './routes/runs/run-routes.ts'
import { addScheduleRoutes } from './routes/schedules/schedule-routes.ts'
import { addSessionRoutes } from './routes/sessions/session-routes.ts'
import { addRetentionRoutes } from './routes/storage/retention-routes.ts'
import { addStorageRoutes } from './routes/storage/storage-routes.ts'
import { addTrendRoutes } from './routes/trends/trend-routes.ts'
import { addLogRoutes } from './routes/tasks/log-routes.ts'
import { addTaskRoutes } from './routes/tasks/task-routes.ts'
import { addToolRoutes } from './routes/tools/tool-routes.ts'
import { addWebhookRoutes } from './routes/webhooks/webhook-routes.ts'
import { addWorkerRoutes } from './routes/workers/worker-routes.ts'
import { addWorkspaceRoutes } from './routes/workspaces/workspace-routes.ts'
import { addBodyParsers } from './server/body-parsers.ts'
import { addDashboardFiles, readDashboardPage } from './server/dashboard.ts'
import { closeSwiftly } from './server/closing.ts'
import { addCrossOrigin } from './server/cross-origin.ts'
import { addCompression } from './server/compression.ts'
import { addContentTags } from './server/content-tags.ts'
import { limitConnections, timeoutsOf } from './server/connection-limits.ts'
import { addForwardedPrefix } from './server/forwarded-prefix.ts'
import { endConnectionsWhileDraining } from './server/draining.ts'
import { addGuards } from './server/guards.ts'
import { addDocumentation, addOpenApi } from './server/openapi.ts'
import { answerMalformedRequest, explainRefusals } from './server/malformed-requests.ts'
import { sendProblem, toGoalpostError } from './server/problems.ts'
import type { Api } from './server/route-schemas.ts'
import { addTracing } from './server/tracing.ts'
import { addUnknownRouteHandler } from './server/unknown-routes.ts'
import { checkingSerializer } from './server/serialization.ts'
import { explainingValidator } from './server/validation.ts'

const resources = [
  addOperationRoutes,
  addCatalogRoutes,
  addToolRoutes,
  addExperimentRoutes,
  addFacetRoutes,
  addChangeRoutes,
  addActionRoutes,
  addBulkRoutes,
  addDeletionRoutes,
  addSettingRoutes,
  addExternalRoutes,
  addNamedRoutes,
  addResultRoutes,
  addReceiptRoutes,
  addReportPageRoutes,
  addProvenanceRoutes,
  addEventRoutes,
  addWorkspaceEventRoutes,
  addComparisonRoutes,
  addLeagueRoutes,
  addTrendRoutes,
  addRunRoutes,
  addTaskRoutes,
  addLogRoutes,
  addCheckpointRoutes,
  addArtifactRoutes,
  addStorageRoutes,
  addRetentionRoutes,
  addFilterRoutes,
  addScheduleRoutes,
  addWebhookRoutes,
  addModelRoutes,
  addVersionRoutes,
  addDeploymentReportRoutes,
  addAliasRoutes,
  addGateRoutes,
  addGateRunRoutes,
  addGateRunEvents,
  addGateReportRoutes,
  addBisectionRoutes,
  addWorkerRoutes,
  addApiKeyRoutes,
  addSessionRoutes,
  addInvitationRoutes,
  addMemberRoutes,
  addOidcRoutes,
  addWorkspaceRoutes,
]

/** The API, ready to listen or to be injected into. Closing it does not close its dependencies. */
export async function buildApi(deps: ApiDependencies): Promise<Api> {
  const { settings, logger, metrics } = deps
  const isTrusted = (address: string): boolean => isInRanges(address, settings.trustedProxies)
  const timeouts = timeoutsOf(settings.connections)
  const app: Api = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    bodyLimit: settings.bodyLimitBytes,
    trustProxy: isTrusted,
    ...timeouts,
    genReqId: () => uuidv7(),
    // Polling would log two lines per request.
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    forceCloseConnections: 'idle',
    // What arrives over an open connection while the process ends is answered like any other request.
    return503OnClosing: false,
    clientErrorHandler: answerMalformedRequest,
    // Checked in a hook, which can explain what is missing.
    http: { requireHostHeader: false, ...timeouts.http },
    frameworkErrors: (error, request, reply) => {
      void sendProblem(request, reply, toGoalpostError(error, settings.bodyLimitBytes))
    },
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(explainingValidator)
  app.setSerializerCompiler(checkingSerializer)
  app.setErrorHandler((error, request, reply) => {
    const refused = toGoalpostError(error, request.routeOptions.bodyLimit ?? settings.bodyLimitBytes)
    if (refused.code === 'storage-full') deps.database.doubt()
    return sendProblem(request, reply, refused)
  })
  closeSwiftly(app)
  endConnectionsWhileDraining(app, deps.drain)
  limitConnections(app, settings.connections, isTrusted)
  explainRefusals(app)
  addBodyParsers(app)
  addUnknownRouteHandler(app, await readDashboardPage(settings.dashboardFolder))
  addForwardedPrefix(app)
  await addCrossOrigin(app, settings.corsOrigins)
  app.addHook('onResponse', async ({ method, routeOptions }, reply) => {
    const labels = { method, route: routeOptions.url ?? 'unknown', status: String(reply.statusCode) }
    metrics.apiRequestDuration.observe(labels, reply.elapsedTime / 1_000)
  })
  addTracing(app, deps.tracer)
  addContentTags(app)
  await addOpenApi(app)
  await addGuards(app, deps)
  await addCompression(app)
  await app.register(async (routes) => {
    for (const addRoutes of resources) addRoutes(routes.withTypeProvider<ZodTypeProvider>(), deps)
  })
  await addDocumentation(app)
  await addDashboardFiles(app, settings.dashboardFolder)
  return app
}
