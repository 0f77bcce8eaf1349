import {
  GoalpostError,
  experimentExtension,
  experimentView,
  type ExperimentExtension,
  type ExperimentView,
} from '@goalpost/contracts'
import { canonicalJson, type ChangeOutcome } from '@goalpost/experiments'
import { z } from 'zod'
import type { ApiDependencies } from '../../dependencies.ts'
import { workspaceOf } from '../../server/caller.ts'
import { etagOf, requireMatch } from '../../server/etag.ts'
import { notFound } from '../../server/problems.ts'
import { type Api, bodyMediaTypes, idParams, json, problems } from '../../server/route-schemas.ts'
import { extendExperiment } from './extend-experiment.ts'
import { readExperiment } from './read-experiment.ts'
import { requireFiles } from './require-files.ts'

const changeHeaders = z.object({
  'if-match': z
    .string()
    .max(500)
    .optional()
    .describe('Refuses the change with 412 if the experiment has another ETag by now'),
})

export function addChangeRoutes(app: Api, deps: ApiDependencies): void {
  const { experiments } = deps

  app.post(
    '/v1/experiments/:id/extend',
    {
      config: { access: 'write' },
      schema: {
        tags: ['Experiments'],
        operationId: 'extendExperiment',
        summary: 'Add seeds or conditions; only what is new is computed',
        consumes: bodyMediaTypes,
        params: idParams,
        headers: changeHeaders,
        body: experimentExtension,
        response: { 200: json('The extended experiment', experimentView), ...problems },
      },
    },
    async (request) => {
      const target = { workspaceId: workspaceOf(request), id: request.params.id }
      return extend(deps, target, { extension: request.body, ifMatch: request.headers['if-match'] })
    },
  )

  const actions = [
    { name: 'cancel', summary: 'Stop what runs and start nothing more; results that are there stay' },
    { name: 'retry', summary: 'Try tasks again that failed or were cancelled' },
  ] as const
  for (const { name, summary } of actions) {
    app.post(
      `/v1/experiments/:id/${name}`,
      {
        config: { access: 'write' },
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
        const workspaceId = workspaceOf(request)
        const { id } = request.params
        const expected = await readExpected(deps, { workspaceId, id, ifMatch: request.headers['if-match'] })
        requireDone(await experiments[name](workspaceId, id, expected), id)
        return readExperiment(deps, workspaceId, id)
      },
    )
  }
}

type Target = { readonly workspaceId: string; readonly id: string }

/**
 * The store takes an extension only if it contains all that is there: one that came meanwhile makes this one refused. It is
 * then made anew on top of the other, unless the client said which state it meant.
 */
async function extend(
  deps: ApiDependencies,
  { workspaceId, id }: Target,
  { extension, ifMatch }: { readonly extension: ExperimentExtension; readonly ifMatch: string | undefined },
): Promise<ExperimentView> {
  let view = await readExperiment(deps, workspaceId, id)
  for (;;) {
    requireMatch(ifMatch, etagOf(view.revision, deps.settings.codeRevision))
    const expectedRevision = namedRevision(ifMatch, view.revision)
    const change = { ...extendExperiment(view, extension, deps), expectedRevision }
    await requireFiles(deps.experiments, workspaceId, { expansion: change.expansion, sent: extension })
    const outcome = await deps.experiments.extend(workspaceId, id, change)
    const latest = await readExperiment(deps, workspaceId, id)
    if (outcome.ok) return latest
    if (canonicalJson(latest.resolved) === canonicalJson(view.resolved)) requireDone(outcome, id)
    view = latest
  }
}

/** The revision that the client names, for the store to compare it again when nobody else can change it. */
async function readExpected(
  { experiments, settings }: ApiDependencies,
  { workspaceId, id, ifMatch }: Target & { readonly ifMatch: string | undefined },
): Promise<number | undefined> {
  if (ifMatch === undefined) return undefined
  const revision = await experiments.revision(workspaceId, id)
  if (revision === null) throw notFound('experiment', id)
  requireMatch(ifMatch, etagOf(revision, settings.codeRevision))
  return namedRevision(ifMatch, revision)
}

/** None where any will do. */
function namedRevision(ifMatch: string | undefined, revision: number): number | undefined {
  return ifMatch === undefined || ifMatch.trim() === '*' ? undefined : revision
}

function requireDone(outcome: ChangeOutcome, id: string): void {
  if (outcome.ok) return
  throw outcome.code === 'not-found' ? notFound('experiment', id) : new GoalpostError(outcome.code, outcome.message)
}
