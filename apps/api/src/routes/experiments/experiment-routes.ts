import {
  experimentQuery,
  experimentSpec,
  experimentSummary,
  experimentView,
  page,
  previewView,
} from '@goalpost/contracts'
import { z } from 'zod'
import { traceOf } from '../../server/tracing.ts'
import type { ApiDependencies } from '../../dependencies.ts'
import { actorOf, workspaceOf } from '../../server/caller.ts'
import { presentPage } from '../../server/pages.ts'
import {
  type Api,
  bodyMediaTypes,
  conditionalHeaders,
  idParams,
  json,
  notModified,
  problems,
} from '../../server/route-schemas.ts'
import { sentBodyOf } from '../../server/sent-body.ts'
import { addAdvice } from './add-advice.ts'
import { createExperimentLister } from './list-experiments.ts'
import { experimentEtag, readExperiment } from './read-experiment.ts'
import { createExperimentSender } from './send-experiment.ts'

const submitHeaders = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Any text; the same key with the same body returns the same experiment'),
})

export function addExperimentRoutes(app: Api, deps: ApiDependencies): void {
  const send = createExperimentSender(deps)
  const list = createExperimentLister(deps)

  app.post(
    '/v1/experiments',
    {
      config: { access: 'submit' },
      schema: {
        tags: ['Experiments'],
        operationId: 'submitExperiment',
        summary: 'Submit an experiment',
        description: 'The spec as JSON or YAML. Tasks whose results this workspace has are not recomputed.',
        consumes: bodyMediaTypes,
        headers: submitHeaders,
        body: experimentSpec,
        response: {
          200: json(
            'This Idempotency-Key was used before, with the same body: the experiment it created',
            experimentView,
          ),
          201: json('The experiment, stored with all its runs and tasks', experimentView),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const workspaceId = workspaceOf(request)
      const idempotencyKey = request.headers['idempotency-key']
      const body = sentBodyOf(request)
      const { id, created } = await deps.intake.run({
        type: 'submit',
        trace: traceOf(request),
        workspaceId,
        body,
        idempotencyKey,
        actor: actorOf(request),
      })
      const view = await readExperiment(deps, workspaceId, id)
      void reply.header('location', `/v1/experiments/${id}`).header('etag', await experimentEtag(deps, view))
      return reply.status(created ? 201 : 200).send(view)
    },
  )

  app.post(
    '/v1/experiments/preview',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Experiments'],
        operationId: 'previewExperiment',
        summary: 'What a spec would run; nothing is stored',
        consumes: bodyMediaTypes,
        body: experimentSpec,
        response: { 200: json('Expansion, number of tasks, estimated time, warnings', previewView), ...problems },
      },
    },
    async (request) => {
      const job = { type: 'preview', workspaceId: workspaceOf(request), body: sentBodyOf(request) } as const
      return addAdvice(deps, await deps.intake.run(job))
    },
  )

  app.get(
    '/v1/experiments',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Experiments'],
        operationId: 'listExperiments',
        summary: 'Experiments, newest first',
        querystring: experimentQuery,
        response: { 200: json('One page of experiments', page(experimentSummary)), ...problems },
      },
    },
    async (request) => presentPage(await list(workspaceOf(request), request.query)),
  )

  app.get(
    '/v1/experiments/:id',
    {
      config: { access: 'read' },
      schema: {
        tags: ['Experiments'],
        operationId: 'getExperiment',
        summary: 'One experiment with its runs',
        description: 'Poll it with If-None-Match: while nothing changes, the response is a cheap 304.',
        params: idParams,
        headers: conditionalHeaders,
        response: { 200: json('The experiment', experimentView), 304: notModified, ...problems },
      },
    },
    async (request, reply) => send(request.params.id, { request, reply }),
  )
}
