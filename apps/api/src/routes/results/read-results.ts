import { createHash } from 'node:crypto'
import { analysisKind, type ExperimentView, type Report, type ResultsView } from '@goalpost/contracts'
import { estimateMean, loadArtifacts, measureKey, verdictAggregates } from '@goalpost/experiments'
import type { ApiDependencies } from '../../dependencies.ts'
import { notFound } from '../../server/problems.ts'
import { createRecent } from '../../server/recent.ts'

type Reported = { readonly status: ResultsView['status']; readonly report: Report | null }
type Wanted = { readonly id: string; readonly sequence: number }
type Reader = ApiDependencies & {
  readonly recentReport: (key: string, compute: () => Promise<Report>) => Promise<Report>
}

export type ResultsReader = (workspaceId: string, wanted: Wanted) => Promise<ResultsView>

/**
 * The report of the analysis, or the same report computed from the evidence so far. For any number of clients,
 * views are read once per event, as progress does not change them, and a report is computed once per evidence: most
 * events, such as checkpoints, add none. Cached values may be newer than their sequence, never older.
 */
export function createResultsReader(deps: ApiDependencies): ResultsReader {
  const recent = createRecent<ResultsView>(50)
  const reader = { ...deps, recentReport: createRecent<Report>(50) }
  return (workspaceId, { id, sequence }) =>
    recent(`${workspaceId} ${id} ${sequence}`, async () => {
      const experiment = await deps.experiments.get(workspaceId, id)
      if (experiment === null) throw notFound('experiment', id)
      return computeResults(reader, workspaceId, experiment)
    })
}

async function computeResults(deps: Reader, workspaceId: string, experiment: ExperimentView): Promise<ResultsView> {
  const { id, state, resultHash } = experiment
  const [reported, measures] = await Promise.all([
    readReport(deps, workspaceId, experiment),
    deps.experiments.measures(workspaceId, id),
  ])
  const measured = measures.map((measure) => ({
    ...measure,
    key: measureKey(measure.measure),
    estimate: estimateMean(measure.values.map(({ value }) => value)),
  }))
  const aggregates = [...measured, ...verdictAggregates(reported.report)]
  return { experimentId: id, state, ...reported, aggregates, resultHash }
}

async function readReport(deps: Reader, workspaceId: string, experiment: ExperimentView): Promise<Reported> {
  const analysis = experiment.sharedTasks.find(({ kind, state }) => kind === analysisKind && state === 'succeeded')
  const task = analysis === undefined ? null : await deps.experiments.task(workspaceId, analysis.id)
  const report = task?.result?.report
  if (report !== undefined) return { status: 'final', report }
  return { status: 'partial', report: await computeReport(deps, workspaceId, experiment) }
}

async function computeReport(
  deps: Reader,
  workspaceId: string,
  { id, protocol }: ExperimentView,
): Promise<Report | null> {
  const evidence = await deps.experiments.evidence(workspaceId, id)
  if (evidence === null) throw notFound('experiment', id)
  const results = evidence.conditions.flatMap(({ runs }) =>
    runs.flatMap(({ tasks }) => tasks.map(({ result }) => result)),
  )
  if (results.every((result) => result === null)) return null
  // Artifacts are named in it by their hashes.
  const content = createHash('sha256')
    .update(JSON.stringify([protocol, evidence]))
    .digest('hex')
  return deps.recentReport(`${workspaceId} ${content}`, async () => {
    const artifacts = await loadArtifacts(evidence.conditions, deps.artifacts)
    return deps.compute.run(protocol, { type: 'report', evidence: { ...evidence, artifacts } })
  })
}
