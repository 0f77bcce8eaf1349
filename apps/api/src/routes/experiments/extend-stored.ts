import { experimentExtension } from '@goalpost/contracts'
import { canonicalJson, type Actor } from '@goalpost/experiments'
import { requireFiles, type Planner } from '@goalpost/submission'
import type { ApiDependencies } from '../../dependencies.ts'
import { etagOf, requireMatch } from '../../server/etag.ts'
import { requireFit } from '../../server/validation.ts'
import { namedRevision, requireDone } from './change-outcome.ts'
import { extendExperiment } from './extend-experiment.ts'
import { readExperiment } from './read-experiment.ts'

type Needs = Planner &
  Pick<ApiDependencies, 'experiments' | 'fleet'> & {
    readonly settings: Pick<ApiDependencies['settings'], 'codeRevision'>
  }
type Target = { readonly workspaceId: string; readonly id: string }

/**
 * The store accepts an extension only if it contains all stored conditions and seeds, so a concurrent one makes it
 * fail. It is then rebuilt on the new state, unless the client named a revision.
 */
export async function extendStored(
  deps: Needs,
  { workspaceId, id }: Target,
  { body, ifMatch, actor }: { readonly body: unknown; readonly ifMatch: string | undefined; readonly actor: Actor },
): Promise<void> {
  const extension = requireFit(experimentExtension, body)
  let view = await readExperiment(deps, workspaceId, id)
  for (;;) {
    requireMatch(ifMatch, etagOf(view.revision, deps.settings.codeRevision))
    const expectedRevision = namedRevision(ifMatch, view.revision)
    const change = { ...extendExperiment(view, extension, deps), expectedRevision, actor }
    await requireFiles(deps.experiments, workspaceId, { expansion: change.expansion, sent: extension })
    const outcome = await deps.experiments.extend(workspaceId, id, change)
    if (outcome.ok) return
    const latest = await readExperiment(deps, workspaceId, id)
    if (canonicalJson(latest.resolved) === canonicalJson(view.resolved)) requireDone(outcome, id)
    view = latest
  }
}
