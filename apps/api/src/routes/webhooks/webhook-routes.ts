import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import {
  GoalpostError,
  page,
  pageQuery,
  scheduleName,
  webhookDeliveryQuery,
  webhookDeliveryView,
  webhookSpec,
  webhookView,
  webhookWithSecret,
  type WebhookView,
} from '@goalpost/contracts'
import { formatSecret, refuseAddress } from '@goalpost/experiments'
import { invalidSpec } from '@goalpost/submission'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { actorOf, workspaceOf } from '../../server/caller.ts'
import { presentPage } from '../../server/pages.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, bodyMediaTypes, json, problems } from '../../server/route-schemas.ts'
import { readBody, sentBodyOf } from '../../server/sent-body.ts'
import { requireFit } from '../../server/validation.ts'

type Needs = Pick<ApiDependencies, 'webhooks' | 'settings'>

const params = z.object({ name: scheduleName })
const deliveryParams = params.extend({ id: z.uuid() })
const tags = ['Webhooks']
const secretBytes = 32
/** Bodies are small enough for the event loop. */
const bodyLimit = 16_384

export function addWebhookRoutes(app: Api, deps: ApiDependencies): void {
  addReadRoutes(app, deps)
  addCreateRoute(app, deps)
  addChangeRoutes(app, deps)
  addDeliveryRoutes(app, deps)
}

function addReadRoutes(app: Api, { webhooks }: Needs): void {
  app.get(
    '/v1/webhooks',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'listWebhooks',
        summary: 'Webhooks, newest first',
        querystring: pageQuery,
        response: { 200: json('One page of webhooks', page(webhookView)), ...problems },
      },
    },
    async (request) => presentPage(await webhooks.list(workspaceOf(request), request.query)),
  )

  app.get(
    '/v1/webhooks/:name',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'getWebhook',
        summary: 'One webhook, without its secret',
        params,
        response: { 200: json('The webhook', webhookView), ...problems },
      },
    },
    async (request) => readWebhook({ webhooks }, workspaceOf(request), request.params.name),
  )
}

function addCreateRoute(app: Api, { webhooks, settings }: Needs): void {
  app.post(
    '/v1/webhooks',
    {
      bodyLimit,
      config: { access: 'manage' },
      schema: {
        tags,
        operationId: 'createWebhook',
        summary: 'Subscribe an endpoint to events; the only answer with its secret',
        consumes: bodyMediaTypes,
        body: webhookSpec,
        response: { 201: json('The webhook, and the secret of its signatures', webhookWithSecret), ...problems },
      },
    },
    async (request, reply) => {
      const spec = requireFit(webhookSpec, readBody(sentBodyOf(request)))
      requirePublic(spec.url, settings)
      const secret = formatSecret(randomBytes(secretBytes))
      const webhook = await webhooks.create(workspaceOf(request), { spec, secret }, actorOf(request))
      if (webhook === null)
        throw new GoalpostError(
          'state-conflict',
          `The webhook ${spec.name} already exists: delete it, or choose another name`,
        )
      return reply.status(201).header('location', `/v1/webhooks/${spec.name}`).send({ webhook, secret })
    },
  )
}

/** Names are checked when they are resolved, at each delivery. */
function requirePublic(url: string, { webhookAllow }: Needs['settings']): void {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
  const refused = isIP(host) === 0 ? null : refuseAddress(host, webhookAllow)
  if (refused === null) return
  const remedy = 'The operator can allow it with GOALPOST_WEBHOOK_ALLOW'
  throw invalidSpec([{ pointer: '/url', message: refused, remedy }])
}

function addChangeRoutes(app: Api, { webhooks }: Needs): void {
  app.post(
    '/v1/webhooks/:name/rotate',
    {
      config: { access: 'manage' },
      schema: {
        tags,
        operationId: 'rotateWebhookSecret',
        summary: 'A new secret; for a day, messages are also signed with the previous one',
        params,
        response: { 200: json('The webhook, and its new secret', webhookWithSecret), ...problems },
      },
    },
    async (request) => {
      const { name } = request.params
      const secret = formatSecret(randomBytes(secretBytes))
      if (!(await webhooks.rotate(workspaceOf(request), name, secret, actorOf(request))))
        throw notFound('webhook', name)
      return { webhook: await readWebhook({ webhooks }, workspaceOf(request), name), secret }
    },
  )

  app.post(
    '/v1/webhooks/:name/enable',
    {
      config: { access: 'manage' },
      schema: {
        tags,
        operationId: 'enableWebhook',
        summary: 'Make a disabled webhook active again; events of the time between are not sent',
        params,
        response: { 200: json('The webhook', webhookView), ...problems },
      },
    },
    async (request) => {
      const { name } = request.params
      if (!(await webhooks.enable(workspaceOf(request), name, actorOf(request)))) throw notFound('webhook', name)
      return readWebhook({ webhooks }, workspaceOf(request), name)
    },
  )

  app.delete(
    '/v1/webhooks/:name',
    {
      config: { access: 'manage' },
      schema: {
        tags,
        operationId: 'deleteWebhook',
        summary: 'Delete a webhook and its log',
        params,
        response: { 204: z.null().describe('It is deleted'), ...problems },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      if (!(await webhooks.delete(workspaceOf(request), name, actorOf(request)))) throw notFound('webhook', name)
      return reply.status(204).send(null)
    },
  )
}

function addDeliveryRoutes(app: Api, { webhooks }: Needs): void {
  const one = (workspaceId: string, name: string, id: string) =>
    webhooks.delivery(workspaceId, name, id).then((found) => {
      if (found === null) throw notFound('delivery', id)
      return found
    })

  app.post(
    '/v1/webhooks/:name/test',
    {
      config: { access: 'manage' },
      schema: {
        tags,
        operationId: 'testWebhook',
        summary: 'Send a test message',
        params,
        response: { 202: json('The delivery, which a worker attempts', webhookDeliveryView), ...problems },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      const workspaceId = workspaceOf(request)
      const { state } = await readWebhook({ webhooks }, workspaceId, name)
      if (state === 'disabled') throw disabled(name)
      const id = await webhooks.test(workspaceId, name)
      if (id === null) throw notFound('webhook', name)
      return reply.status(202).send(await one(workspaceId, name, id))
    },
  )

  app.get(
    '/v1/webhooks/:name/deliveries',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'listWebhookDeliveries',
        summary: 'Deliveries with their attempts, newest first',
        params,
        querystring: webhookDeliveryQuery,
        response: { 200: json('One page of deliveries', page(webhookDeliveryView)), ...problems },
      },
    },
    async (request) => {
      const { name } = request.params
      const found = await webhooks.deliveries(workspaceOf(request), name, request.query)
      if (found === null) throw notFound('webhook', name)
      return presentPage(found)
    },
  )

  app.get(
    '/v1/webhooks/:name/deliveries/:id',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'getWebhookDelivery',
        summary: 'One delivery',
        params: deliveryParams,
        response: { 200: json('The delivery', webhookDeliveryView), ...problems },
      },
    },
    async (request) => one(workspaceOf(request), request.params.name, request.params.id),
  )

  app.post(
    '/v1/webhooks/:name/deliveries/:id/redeliver',
    {
      config: { access: 'manage' },
      schema: {
        tags,
        operationId: 'redeliverWebhook',
        summary: 'Send the same message again, with the same id',
        params: deliveryParams,
        response: { 202: json('The delivery', webhookDeliveryView), ...problems },
      },
    },
    async (request, reply) => {
      const { name, id } = request.params
      const workspaceId = workspaceOf(request)
      const outcome = await webhooks.redeliver(workspaceId, name, id)
      if (outcome === null) throw notFound('delivery', id)
      if (outcome === 'disabled') throw disabled(name)
      return reply.status(202).send(await one(workspaceId, name, id))
    },
  )
}

function disabled(name: string): GoalpostError {
  return new GoalpostError('state-conflict', `The webhook ${name} is disabled: enable it first`)
}

async function readWebhook(
  { webhooks }: Pick<Needs, 'webhooks'>,
  workspaceId: string,
  name: string,
): Promise<WebhookView> {
  const view = await webhooks.get(workspaceId, name)
  if (view === null) throw notFound('webhook', name)
  return view
}
