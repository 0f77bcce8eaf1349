import {
  GoalpostError,
  catalogEntry,
  checkpointView,
  comparisonView,
  experimentFacets,
  experimentView,
  fleetView,
  health,
  leagueView,
  logLine,
  manifestsView,
  page,
  previewView,
  protocolView,
  readiness,
  recommendationView,
  resultsView,
  runView,
  schedulePreview,
  scheduleRunView,
  scheduleSummary,
  scheduleView,
  seriesView,
  signInLink,
  taskView,
  toolAnswer,
  trainingView,
  trendView,
  uploadedFile,
  webhookDeliveryView,
  webhookView,
  webhookWithSecret,
  type CatalogQuery,
  type CheckpointQuery,
  type ComparisonRequest,
  type ExperimentExtensionInput,
  type ExperimentView,
  type JsonObject,
  type LogQuery,
  type LeagueRequest,
  type RecommendationRequest,
  type ResultsQuery,
  type RunQuery,
  type SchedulePreviewRequest,
  type ScheduleQuery,
  type TrainingQuery,
  type TrendQuery,
  type WebhookDeliveryQuery,
  type WebhookQuery,
  type WebhookSpecInput,
  signInMethods,
  receipt,
  receiptKey,
} from '@goalpost/contracts'
import { firstMethods } from './first-methods.ts'
import { createHttp, type ClientOptions, type Http } from './http.ts'
import { lifecycleMethods } from './lifecycle-methods.ts'
import { gateMethods } from './gate-methods.ts'
import { modelMethods } from './model-methods.ts'
import { keyMethods, peopleMethods } from './people-methods.ts'
import { watch, type ExperimentWatchOptions, type Sighting } from './watch.ts'

/** Every route of the API as a function. They reject only with a GoalpostError. */
export type Client = ReturnType<typeof createClient>

type ToolPlace = { readonly protocol: string; readonly group: string; readonly tool: string }

export function createClient(options: ClientOptions) {
  return createClientOn(createHttp(options))
}

/** The same over an exchange that others use too. */
export function createClientOn(http: Http) {
  return {
    ...firstMethods(http),
    ...catalogMethods(http),
    ...experimentMethods(http),
    ...lifecycleMethods(http),
    ...taskMethods(http),
    ...scheduleMethods(http),
    ...webhookMethods(http),
    ...modelMethods(http),
    ...gateMethods(http),
    ...keyMethods(http),
    ...peopleMethods(http),
    ...signInMethodsOf(http),
    /** Follows an experiment to its end, reconnecting when the connection is lost. */
    watch: (experimentId: string, watchOptions?: ExperimentWatchOptions): AsyncGenerator<Sighting> =>
      watch(http, experimentId, watchOptions),
  }
}

function catalogMethods(http: Http) {
  return {
    health: () => http.read({ path: '/healthz' }, health),
    ready: () => http.read({ path: '/readyz' }, readiness),
    workers: () => http.poll({ path: '/v1/workers' }, fleetView),
    protocols: () => http.read({ path: '/v1/protocols' }, page(protocolView)),
    protocol: (name: string) => http.read({ path: `/v1/protocols/${encodeURIComponent(name)}` }, protocolView),
    /** Runs a protocol's tool; the files it makes are kept. */
    useTool: ({ protocol, group, tool }: ToolPlace, given: JsonObject) => {
      const path = ['protocols', protocol, 'tools', group, tool].map(encodeURIComponent).join('/')
      return http.read({ method: 'POST', path: `/v1/${path}`, body: given }, toolAnswer)
    },
    catalog: (query: CatalogQuery = {}) => http.read({ path: '/v1/catalog', query }, page(catalogEntry)),
  }
}

function experimentMethods(http: Http) {
  const at = (id: string, rest = ''): string => `/v1/experiments/${encodeURIComponent(id)}${rest}`
  const change = (path: string, body?: unknown): Promise<ExperimentView> =>
    http.read({ method: 'POST', path, ...(body === undefined ? {} : { body }) }, experimentView)
  return {
    /** `spec`: an object, or YAML text. Repeating the same key with the same spec submits nothing new. */
    submit: async (spec: unknown, { idempotencyKey }: { readonly idempotencyKey?: string } = {}) => {
      const headers = { 'idempotency-key': idempotencyKey }
      const request = { method: 'POST', path: '/v1/experiments', headers, body: spec } as const
      const { status, value } = await http.readWithStatus(request, experimentView)
      return { created: status === 201, experiment: value }
    },
    /** The labels and submitters of experiments, to filter by. */
    experimentFacets: () => http.poll({ path: '/v1/experiments/facets' }, experimentFacets),
    preview: (spec: unknown) => http.read({ method: 'POST', path: '/v1/experiments/preview', body: spec }, previewView),
    experiment: (id: string) => http.poll({ path: at(id) }, experimentView),
    /** The newest of that name. */
    experimentByName: (name: string) =>
      http.poll({ path: at('by-name', `/${encodeURIComponent(name)}`) }, experimentView),
    extend: (id: string, extension: ExperimentExtensionInput) => change(at(id, '/extend'), extension),
    cancel: (id: string) => change(at(id, '/cancel')),
    retry: (id: string) => change(at(id, '/retry')),
    results: (id: string, query: ResultsQuery = {}) => http.poll({ path: at(id, '/results'), query }, resultsView),
    /** The curves of the trainings, with points at the same places. */
    training: (id: string, query: TrainingQuery = {}) => http.read({ path: at(id, '/training'), query }, trainingView),
    /** The software and machines that computed the tasks. */
    manifests: (id: string) => http.read({ path: at(id, '/manifests') }, manifestsView),
    compare: (request: ComparisonRequest) =>
      http.read({ method: 'POST', path: '/v1/comparisons', body: request }, comparisonView),
    league: (request: LeagueRequest) => http.read({ method: 'POST', path: '/v1/leagues', body: request }, leagueView),
    recommend: (request: RecommendationRequest) =>
      http.read({ method: 'POST', path: '/v1/recommendations', body: request }, recommendationView),
    receipt: (id: string) => http.read({ path: at(id, '/receipt') }, receipt),
    receiptKey: () => http.read({ path: '/v1/receipt-key' }, receiptKey),
    trend: (query: TrendQuery) => http.read({ path: '/v1/trend', query }, trendView),
  }
}

/** For browsers, which send the session's cookie by themselves. */
function signInMethodsOf(http: Http) {
  return {
    /** Needs no session. */
    signInMethods: () => http.read({ path: '/v1/sign-in-methods' }, signInMethods),
    createSignInLink: () => http.read({ method: 'POST', path: '/v1/sign-in-links' }, signInLink),
  }
}

function taskMethods(http: Http) {
  const at = (id: string, rest = ''): string => `/v1/tasks/${encodeURIComponent(id)}${rest}`
  return {
    runs: (query: RunQuery = {}) => http.poll({ path: '/v1/runs', query }, page(runView)),
    run: (id: string) => http.poll({ path: `/v1/runs/${encodeURIComponent(id)}` }, runView),
    task: (id: string) => http.poll({ path: at(id) }, taskView),
    logs: (taskId: string, query: LogQuery = {}) => http.poll({ path: at(taskId, '/logs'), query }, page(logLine)),
    /** Of all tasks, one after the other. A search may return a page without lines that is not the last one. */
    experimentLogs: (experimentId: string, query: LogQuery = {}) =>
      http.poll({ path: `/v1/experiments/${encodeURIComponent(experimentId)}/logs`, query }, page(logLine)),
    series: (taskId: string, query: { readonly names?: readonly string[]; readonly maxPoints?: number } = {}) =>
      http.read(
        { path: at(taskId, '/series'), query: { maxPoints: query.maxPoints, names: query.names?.join(',') } },
        seriesView,
      ),
    checkpoints: (query: CheckpointQuery = {}) => http.read({ path: '/v1/checkpoints', query }, page(checkpointView)),
    /** Stores a file that specs can name by its hash. */
    upload: (
      bytes: Uint8Array,
      { name, mediaType = 'application/octet-stream' }: { readonly name: string; readonly mediaType?: string },
    ) => {
      const headers = { 'content-type': mediaType }
      return http.read({ method: 'POST', path: '/v1/artifacts', query: { name }, headers, body: bytes }, uploadedFile)
    },
    /** A file that a checkpoint or result refers to. */
    artifact: async (hash: string) => {
      const response = await http.send({ path: `/v1/artifacts/${encodeURIComponent(hash)}` })
      const bytes = await response.arrayBuffer().catch((cause: unknown) => {
        throw new GoalpostError('unavailable', 'The download was interrupted', { cause })
      })
      return { mediaType: response.headers.get('content-type') ?? '', bytes: new Uint8Array(bytes) }
    },
  }
}

function scheduleMethods(http: Http) {
  const at = (name: string, rest = ''): string => `/v1/schedules/${encodeURIComponent(name)}${rest}`
  return {
    /** `schedule`: an object, or YAML text. Replaces the schedule of that name. */
    applySchedule: async (name: string, schedule: unknown) => {
      const { status, value } = await http.readWithStatus(
        { method: 'PUT', path: at(name), body: schedule },
        scheduleView,
      )
      return { created: status === 201, schedule: value }
    },
    previewSchedule: (timing: SchedulePreviewRequest) =>
      http.read({ method: 'POST', path: '/v1/schedules/preview', body: timing }, schedulePreview),
    schedules: (query: ScheduleQuery = {}) => http.read({ path: '/v1/schedules', query }, page(scheduleSummary)),
    schedule: (name: string) => http.read({ path: at(name) }, scheduleView),
    pauseSchedule: (name: string) => http.read({ method: 'POST', path: at(name, '/pause') }, scheduleView),
    resumeSchedule: (name: string) => http.read({ method: 'POST', path: at(name, '/resume') }, scheduleView),
    /** Starts its experiment now. */
    runSchedule: (name: string) => http.read({ method: 'POST', path: at(name, '/run') }, scheduleRunView),
    deleteSchedule: async (name: string): Promise<void> => {
      await http.send({ method: 'DELETE', path: at(name) })
    },
  }
}

function webhookMethods(http: Http) {
  const at = (name: string, rest = ''): string => `/v1/webhooks/${encodeURIComponent(name)}${rest}`
  return {
    /** The only answer with the secret, besides a rotation's. */
    createWebhook: (webhook: WebhookSpecInput) =>
      http.read({ method: 'POST', path: '/v1/webhooks', body: webhook }, webhookWithSecret),
    webhooks: (query: WebhookQuery = {}) => http.poll({ path: '/v1/webhooks', query }, page(webhookView)),
    webhook: (name: string) => http.read({ path: at(name) }, webhookView),
    rotateWebhook: (name: string) => http.read({ method: 'POST', path: at(name, '/rotate') }, webhookWithSecret),
    enableWebhook: (name: string) => http.read({ method: 'POST', path: at(name, '/enable') }, webhookView),
    testWebhook: (name: string) => http.read({ method: 'POST', path: at(name, '/test') }, webhookDeliveryView),
    webhookDeliveries: (name: string, query: WebhookDeliveryQuery = {}) =>
      http.poll({ path: at(name, '/deliveries'), query }, page(webhookDeliveryView)),
    webhookDelivery: (name: string, id: string) =>
      http.read({ path: at(name, `/deliveries/${encodeURIComponent(id)}`) }, webhookDeliveryView),
    redeliverWebhook: (name: string, id: string) =>
      http.read(
        { method: 'POST', path: at(name, `/deliveries/${encodeURIComponent(id)}/redeliver`) },
        webhookDeliveryView,
      ),
    deleteWebhook: async (name: string): Promise<void> => {
      await http.send({ method: 'DELETE', path: at(name) })
    },
  }
}
