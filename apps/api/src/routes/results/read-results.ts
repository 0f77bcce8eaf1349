import type { ExperimentView, Report, ResultsView } from '@goalpost/contracts'
import { estimateMean } from '@goalpost/experiments'
import type { ApiDependencies } from '../../dependencies.ts'
import { notFound } from '../../server/problems.ts'
import { createRecent } from '../../server/recent.ts'
import { loadArtifacts } from './load-evidence.ts'

type Reported = { readonly status: ResultsView['status']; readonly report: Report | null }

export type ResultsReader = (workspaceId: string, experiment: ExperimentView) => Promise<ResultsView>

/**
 * The report that the analysis left, or the same report computed from what is there so far. Views are kept by revision:
 * however many dashboards poll, each revision is computed once.
 */
export function createResultsReader(deps: ApiDependencies): ResultsReader {
  const recent = createRecent<ResultsView>(50)
  return (workspaceId, experiment) =>
    recent(`${workspaceId} ${experiment.id} ${experiment.revision}`, () =>
      computeResults(deps, workspaceId, experiment),
    )
}

async function computeResults(
  deps: ApiDependencies,
  workspaceId: string,
  experiment: ExperimentView,
): Promise<ResultsView> {
  const { id, state, resultHash } = experiment
  const [reported, measures] = await Promise.all([
    readReport(deps, workspaceId, experiment),
    deps.experiments.measures(workspaceId, id),
  ])
  const aggregates = measures.map((measure) => ({
    ...measure,
    estimate: estimateMean(measure.values.map(({ value }) => value)),
  }))
  return { experimentId: id, state, ...reported, aggregates, resultHash }
}

async function readReport(deps: ApiDependencies, workspaceId: string, experiment: ExperimentView): Promise<Reported> {
  const analysis = experiment.sharedTasks.find(({ kind, state }) => kind === 'analyse' && state === 'succeeded')
  const task = analysis === undefined ? null : await deps.experiments.task(workspaceId, analysis.id)
  const report = task?.result?.report
  if (report !== undefined) return { status: 'final', report }
  return { status: 'partial', report: await computeReport(deps, workspaceId, experiment) }
}

async function computeReport(
  deps: ApiDependencies,
  workspaceId: string,
  { id, protocol }: ExperimentView,
): Promise<Report | null> {
  const evidence = await deps.experiments.evidence(workspaceId, id)
  if (evidence === null) throw notFound('experiment', id)
  const results = evidence.conditions.flatMap(({ runs }) =>
    runs.flatMap(({ tasks }) => tasks.map(({ result }) => result)),
  )
  if (results.every((result) => result === null)) return null
  const artifacts = await loadArtifacts(evidence.conditions, deps.artifacts)
  return deps.compute.run(protocol, { type: 'report', evidence: { ...evidence, artifacts } })
}
