import { deadlineChange, experimentView, labelChange, noteChange, priorityChange } from '@goalpost/contracts'
import type { Changing, ChangeOutcome, WhichExperiment } from '@goalpost/experiments'
import type { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { actorOf, workspaceOf } from '../../server/caller.ts'
import { type Api, bodyMediaTypes, idParams, json, problems } from '../../server/route-schemas.ts'
import { smallBodyBytes, smallBodyOf } from '../../server/small-body.ts'
import { requireDone } from './change-outcome.ts'
import { changeHeaders, readExpected } from './change-routes.ts'
import { readExperiment } from './read-experiment.ts'

type Setting<Value> = {
  readonly method: 'POST' | 'PUT'
  /** The last part of the path. */
  readonly name: string
  readonly operationId: string
  readonly summary: string
  readonly body: z.ZodType<Value>
  readonly bodyLimit?: number
  readonly act: (which: WhichExperiment, value: Value, changing: Changing) => Promise<ChangeOutcome>
}

/** What can be set after submission. */
export function addSettingRoutes(app: Api, deps: ApiDependencies): void {
  const { experiments } = deps
  addSetting(app, deps, {
    method: 'POST',
    name: 'labels',
    operationId: 'setLabels',
    summary: 'Set and remove labels of an experiment',
    body: labelChange,
    act: experiments.setLabels,
  })
  addSetting(app, deps, {
    method: 'PUT',
    name: 'note',
    operationId: 'setNote',
    summary: 'Replace the note of an experiment',
    body: noteChange,
    bodyLimit: smallBodyBytes * 4,
    act: experiments.setNote,
  })
  addSetting(app, deps, {
    method: 'PUT',
    name: 'priority',
    operationId: 'setPriority',
    summary: 'Change the priority of an experiment’s tasks within its workspace',
    body: priorityChange,
    act: (which, { priority }, changing) => experiments.setPriority(which, priority, changing),
  })
  addSetting(app, deps, {
    method: 'PUT',
    name: 'deadline',
    operationId: 'setDeadline',
    summary: 'Change when an experiment is stopped if it has not ended',
    body: deadlineChange,
    act: (which, { deadline }, changing) => experiments.setDeadline(which, deadline, changing),
  })
}

function addSetting<Value>(
  app: Api,
  deps: ApiDependencies,
  { method, name, operationId, summary, body, bodyLimit = smallBodyBytes, act }: Setting<Value>,
): void {
  app.route({
    method,
    url: `/v1/experiments/:id/${name}`,
    config: { access: 'manage' },
    bodyLimit,
    schema: {
      tags: ['Experiments'],
      operationId,
      summary,
      consumes: bodyMediaTypes,
      params: idParams,
      headers: changeHeaders,
      body,
      response: { 200: json('The experiment as it is now', experimentView), ...problems },
    },
    handler: async (request) => {
      const which = { workspaceId: workspaceOf(request), id: request.params.id }
      const value = smallBodyOf(request, body)
      const expectedRevision = await readExpected(deps, { ...which, ifMatch: request.headers['if-match'] })
      requireDone(await act(which, value, { actor: actorOf(request), expectedRevision }), which.id)
      return readExperiment(deps, which.workspaceId, which.id)
    },
  })
}
