import {
  page,
  schedulePreview,
  schedulePreviewRequest,
  scheduleName,
  scheduleQuery,
  scheduleRunView,
  scheduleSpec,
  scheduleSummary,
  scheduleView,
  type ScheduleView,
} from '@goalpost/contracts'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { actorOf, workspaceOf } from '../../server/caller.ts'
import { presentPage } from '../../server/pages.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, bodyMediaTypes, json, problems } from '../../server/route-schemas.ts'
import { sentBodyOf } from '../../server/sent-body.ts'

const params = z.object({ name: scheduleName })
const tags = ['Schedules']

export function addScheduleRoutes(app: Api, deps: ApiDependencies): void {
  addReadRoutes(app, deps)
  addApplyRoute(app, deps)
  addChangeRoutes(app, deps)
}

function addReadRoutes(app: Api, deps: ApiDependencies): void {
  app.get(
    '/v1/schedules',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'listSchedules',
        summary: 'Schedules, newest first',
        querystring: scheduleQuery,
        response: { 200: json('One page of schedules', page(scheduleSummary)), ...problems },
      },
    },
    async (request) => presentPage(await deps.schedules.list(workspaceOf(request), request.query)),
  )

  app.get(
    '/v1/schedules/:name',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'getSchedule',
        summary: 'One schedule with its next occurrences and latest runs',
        params,
        response: { 200: json('The schedule', scheduleView), ...problems },
      },
    },
    async (request) => readSchedule(deps, workspaceOf(request), request.params.name),
  )

  app.post(
    '/v1/schedules/preview',
    {
      config: { access: 'read' },
      schema: {
        tags,
        operationId: 'previewSchedule',
        summary: 'The next ten occurrences of a cron expression; nothing is stored',
        consumes: bodyMediaTypes,
        body: schedulePreviewRequest,
        response: { 200: json('The occurrences', schedulePreview), ...problems },
      },
    },
    async (request) =>
      deps.intake.run({
        type: 'preview-schedule',
        workspaceId: workspaceOf(request),
        body: sentBodyOf(request),
      }),
  )
}

function addApplyRoute(app: Api, deps: ApiDependencies): void {
  app.put(
    '/v1/schedules/:name',
    {
      config: { access: 'manage' },
      schema: {
        tags,
        operationId: 'applySchedule',
        summary: 'Create a schedule, or replace the one of that name',
        description: 'Its experiment is checked as at a submission. A paused schedule stays paused.',
        consumes: bodyMediaTypes,
        params,
        body: scheduleSpec,
        response: {
          200: json('The replaced schedule', scheduleView),
          201: json('The new schedule', scheduleView),
          ...problems,
        },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      const workspaceId = workspaceOf(request)
      const body = sentBodyOf(request)
      const { created } = await deps.intake.run({
        type: 'apply-schedule',
        workspaceId,
        name,
        body,
        actor: actorOf(request),
      })
      return reply.status(created ? 201 : 200).send(await readSchedule(deps, workspaceId, name))
    },
  )
}

function addChangeRoutes(app: Api, deps: ApiDependencies): void {
  const changes = [
    { name: 'pause', summary: 'Start nothing until it is resumed; what runs continues' },
    { name: 'resume', summary: 'Continue with the next occurrence; what was due meanwhile is not made up for' },
  ] as const
  for (const { name: change, summary } of changes) {
    const response = { 200: json('The schedule as it is now', scheduleView), ...problems }
    app.post(
      `/v1/schedules/:name/${change}`,
      { config: { access: 'manage' }, schema: { tags, operationId: `${change}Schedule`, summary, params, response } },
      async (request) => {
        const { name } = request.params
        if (!(await deps.schedules.change(workspaceOf(request), name, change, actorOf(request))))
          throw notFound('schedule', name)
        return readSchedule(deps, workspaceOf(request), name)
      },
    )
  }

  app.post(
    '/v1/schedules/:name/run',
    {
      config: { access: 'submit' },
      schema: {
        tags,
        operationId: 'runSchedule',
        summary: 'Start its experiment now, also while it is paused or the previous experiment is open',
        params,
        response: { 201: json('The run', scheduleRunView), ...problems },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      const workspaceId = workspaceOf(request)
      const id = await deps.intake.run({ type: 'start-schedule', workspaceId, name, actor: actorOf(request) })
      const { runs } = await readSchedule(deps, workspaceId, name)
      const run = runs.find(({ experimentId }) => experimentId === id)
      if (run === undefined) throw notFound('run of the schedule', name)
      return reply.status(201).header('location', `/v1/experiments/${id}`).send(run)
    },
  )

  app.delete(
    '/v1/schedules/:name',
    {
      config: { access: 'manage' },
      schema: {
        tags,
        operationId: 'deleteSchedule',
        summary: 'Delete a schedule; its experiments are kept',
        params,
        response: { 204: z.null().describe('It is deleted'), ...problems },
      },
    },
    async (request, reply) => {
      const { name } = request.params
      if (!(await deps.schedules.delete(workspaceOf(request), name, actorOf(request)))) throw notFound('schedule', name)
      return reply.status(204).send(null)
    },
  )
}

async function readSchedule(
  { schedules }: Pick<ApiDependencies, 'schedules'>,
  workspaceId: string,
  name: string,
): Promise<ScheduleView> {
  const view = await schedules.get(workspaceId, name)
  if (view === null) throw notFound('schedule', name)
  return view
}
