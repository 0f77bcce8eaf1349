import * as contracts from '@goalpost/contracts'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { docsScript, docsStyle } from './docs-theme.ts'
import { logo } from './logo.ts'
import { json, problems, type Api } from './route-schemas.ts'
import { withoutUnusedSchemas } from './unused-schemas.ts'

/** Schemas that are named in the document, so that generated clients have types of these names. */
const named = {
  JsonValue: contracts.jsonValue,
  ExperimentSpec: contracts.experimentSpec,
  ExperimentExtension: contracts.experimentExtension,
  ExperimentSummary: contracts.experimentSummary,
  Experiment: contracts.experimentView,
  Preview: contracts.previewView,
  Results: contracts.resultsView,
  Report: contracts.report,
  ComparisonRequest: contracts.comparisonRequest,
  Comparison: contracts.comparisonView,
  Run: contracts.runView,
  Task: contracts.taskView,
  TaskSummary: contracts.taskSummary,
  Series: contracts.seriesView,
  LogLine: contracts.logLine,
  Checkpoint: contracts.checkpointView,
  Model: contracts.modelView,
  ModelVersion: contracts.modelVersionView,
  ModelRegistration: contracts.modelRegistration,
  Protocol: contracts.protocolView,
  CatalogEntry: contracts.catalogEntry,
  Problem: contracts.problem,
} satisfies Record<string, z.ZodType>

const tags = [
  { name: 'Experiments', description: 'Submit, follow and change experiments' },
  { name: 'Events', description: 'What happens in the workspace, as it happens' },
  { name: 'Results', description: 'Results and comparisons' },
  { name: 'Runs', description: 'A condition with a seed' },
  { name: 'Tasks', description: 'What workers execute: attempts, logs, curves' },
  { name: 'Checkpoints', description: 'Checkpoints of training, to list and to download' },
  { name: 'Models', description: 'Numbered versions of the files from a training, with aliases and tags' },
  { name: 'Catalog', description: 'Kinds of experiments' },
  { name: 'Administration', description: 'Workspaces, API keys and the audit log' },
  { name: 'Operation', description: 'Health and metrics' },
]

/** The documentation pages may load only their own files. */
const pagePolicy = {
  'default-src': "'self'",
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'frame-ancestors': "'none'",
}

/** OpenAPI 3.1 from the zod schemas of all routes that are added after this. */
export async function addOpenApi(app: Api): Promise<void> {
  for (const [id, schema] of Object.entries(named)) {
    if (!z.globalRegistry.has(schema)) z.globalRegistry.add(schema, { id })
  }
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Goalpost', version: '1', description: 'Goal-misgeneralization experiments as a service' },
      tags,
      components: {
        securitySchemes: {
          apiKey: {
            type: 'http',
            scheme: 'bearer',
            description:
              'An API key: `gp_…`. Routes list the scope they need: read, submit, manage or admin, each of which includes those before it; or operator.',
          },
        },
      },
      security: [{ apiKey: [] }],
    },
    transform: (route) => {
      const transformed = jsonSchemaTransform(route)
      const access = route.route.config?.access ?? 'admin'
      const security = access === 'public' ? [] : [{ apiKey: [access] }]
      return { ...transformed, schema: { ...transformed.schema, security } }
    },
    transformObject: (document) => withoutUnusedSchemas(jsonSchemaTransformObject(document)),
  })
}

/** The document and its pages. Both are public, as the source is. */
export async function addDocumentation(app: Api): Promise<void> {
  app.get(
    '/openapi.json',
    {
      config: { access: 'public' },
      schema: {
        tags: ['Operation'],
        operationId: 'getOpenApi',
        summary: 'This document',
        response: { 200: json('OpenAPI 3.1', z.record(z.string(), z.unknown())), ...problems },
      },
    },
    () => ({ ...app.swagger() }),
  )
  await app.register(async (pages) => {
    pages.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'public' }
    })
    // Below a trailing slash the page's files have relative addresses, which also work behind a gateway with a sub-path.
    pages.addHook('onRequest', async ({ url }, reply) => {
      if (/^\/docs(\?|$)/.test(url)) return reply.redirect(url.replace('/docs', 'docs/'))
    })
    await pages.register(swaggerUi, {
      routePrefix: '/docs',
      staticCSP: pagePolicy,
      logo: { type: 'image/svg+xml', content: logo },
      // Without the bar of Swagger UI, in which one could load another service's document.
      uiConfig: { layout: 'BaseLayout', docExpansion: 'list', defaultModelsExpandDepth: 0 },
      theme: {
        title: 'API of Goalpost',
        css: [{ filename: 'goalpost.css', content: docsStyle }],
        js: [{ filename: 'goalpost.js', content: docsScript }],
        favicon: [{ filename: 'goalpost.svg', rel: 'icon', type: 'image/svg+xml', sizes: 'any', content: logo }],
      },
    })
  })
}
