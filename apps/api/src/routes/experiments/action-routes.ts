import { experimentView } from '@goalpost/contracts'
import type { Changing, ChangeOutcome, WhichExperiment } from '@goalpost/experiments'
import type { ApiDependencies } from '../../dependencies.ts'
import { actorOf, workspaceOf } from '../../server/caller.ts'
import { type Api, idParams, json, problems } from '../../server/route-schemas.ts'
import { requireDone } from './change-outcome.ts'
import { changeHeaders, readExpected } from './change-routes.ts'
import { readExperiment } from './read-experiment.ts'

type Action = {
  /** The last part of the path. */
  readonly name: string
  readonly summary: string
  readonly act: (which: WhichExperiment, changing: Changing) => Promise<ChangeOutcome>
}

/** Changes that need no body. */
export function addActionRoutes(app: Api, deps: ApiDependencies): void {
  for (const action of actionsOf(deps)) addAction(app, deps, action)
}

function actionsOf({ experiments }: ApiDependencies): readonly Action[] {
  return [
    {
      name: 'cancel',
      summary: 'Stop running tasks and start no more; existing results are kept',
      act: ({ workspaceId, id }, changing) => experiments.cancel(workspaceId, id, changing),
    },
    {
      name: 'retry',
      summary: 'Retry failed and cancelled tasks',
      act: ({ workspaceId, id }, changing) => experiments.retry(workspaceId, id, changing),
    },
    {
      name: 'pause',
      summary: 'Start no more tasks; running ones save a checkpoint and stop',
      act: (which, changing) => experiments.setPaused(which, true, changing),
    },
    {
      name: 'resume',
      summary: 'Continue a paused experiment where it stopped',
      act: (which, changing) => experiments.setPaused(which, false, changing),
    },
    {
      name: 'archive',
      summary: 'Hide an experiment from lists; nothing else changes',
      act: (which, changing) => experiments.setArchived(which, true, changing),
    },
    {
      name: 'unarchive',
      summary: 'Show an archived experiment in lists again',
      act: (which, changing) => experiments.setArchived(which, false, changing),
    },
  ]
}

function addAction(app: Api, deps: ApiDependencies, { name, summary, act }: Action): void {
  app.post(
    `/v1/experiments/:id/${name}`,
    {
      config: { access: 'manage' },
      schema: {
        tags: ['Experiments'],
        operationId: `${name}Experiment`,
        summary,
        params: idParams,
        headers: changeHeaders,
        response: { 200: json('The experiment as it is now', experimentView), ...problems },
      },
    },
    async (request) => {
      const which = { workspaceId: workspaceOf(request), id: request.params.id }
      const expectedRevision = await readExpected(deps, { ...which, ifMatch: request.headers['if-match'] })
      requireDone(await act(which, { actor: actorOf(request), expectedRevision }), which.id)
      return readExperiment(deps, which.workspaceId, which.id)
    },
  )
}
