import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import type { ExperimentView, ResultsView } from '@goalpost/contracts'
import { lazyComponent } from '../design/lazy-component.tsx'
import { DosePanel } from '../dose/dose-panel.tsx'
import { ReportMarkup } from '../report/report-markup.tsx'
import { resultsQuery } from '../report/results-query.ts'
import { SampleLinks } from '../samples/sample-links.tsx'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { useTitle } from '../shell/use-title.ts'
import { EpisodeLinks } from './episode-links.tsx'
import { ExperimentHeader } from './experiment-header.tsx'
import { Folded } from '../design/folded.tsx'
import { GridPanel } from '../grid/grid-panel.tsx'
import { FailurePanel } from './failure-panel.tsx'
import { NextMethodLink } from './next-method-link.tsx'
import { RunsGrid } from './runs-grid.tsx'
import { SpecPanel } from './spec-panel.tsx'
import { fallbackPollMs } from '../live/use-connection.ts'
import { useLiveExperiment } from './use-live-experiment.ts'

const route = getRouteApi('/experiments/$id')
const TrainingCurves = lazyComponent(async () => ({
  default: (await import('../curves/training-curves.tsx')).TrainingCurves,
}))
/** With the library of its charts, which only this page needs. */
const LearningCurves = lazyComponent(async () => ({
  default: (await import('../curves/learning-curves.tsx')).LearningCurves,
}))

/** One experiment: the answer first, then the evidence, then how it was run. */
export function ExperimentPage() {
  const { id } = route.useParams()
  const { against = null } = route.useSearch()
  const navigate = route.useNavigate()
  const { client } = useSession()
  const live = useLiveExperiment(id)
  const refetchInterval = live.status === 'reconnecting' ? fallbackPollMs : false
  const experiment = useQuery({
    queryKey: ['experiment', id],
    queryFn: () => client.experiment(id),
    refetchInterval,
  })
  const results = useQuery({ ...resultsQuery(client, id), refetchInterval })
  useTitle(experiment.data?.name ?? 'Experiment')
  // Beside the data, not after it.
  useEffect(() => LearningCurves.preload(), [])
  if (experiment.isPending) return <h1 className="note">Loading…</h1>
  if (experiment.data === undefined)
    return <ErrorPanel heading="h1" error={experiment.error} retry={() => void experiment.refetch()} />
  const { data } = experiment
  return (
    <article className="experiment">
      <PanelBoundary>
        <ExperimentHeader experiment={data} live={live} />
      </PanelBoundary>
      <PanelBoundary>
        <FailurePanel experiment={data} />
      </PanelBoundary>
      <PanelBoundary>
        <Results experiment={data} results={results} />
      </PanelBoundary>
      <PanelBoundary>
        <RunsGrid experiment={data} report={results.data?.report ?? null} />
      </PanelBoundary>
      <PanelBoundary>
        <SpecPanel
          experiment={data}
          against={against}
          onCompare={(other) =>
            void navigate({ search: other === null ? {} : { against: other }, replace: true, resetScroll: false })
          }
        />
      </PanelBoundary>
    </article>
  )
}

type ResultsProps = { readonly experiment: ExperimentView; readonly results: UseQueryResult<ResultsView> }

function Results({ experiment, results: { data, error, refetch } }: ResultsProps) {
  if (data !== undefined) return <Findings experiment={experiment} results={data} />
  if (error !== null) return <ErrorPanel error={error} retry={() => void refetch()} />
  return <p className="panel">Loading the results…</p>
}

type FindingsProps = { readonly experiment: ExperimentView; readonly results: ResultsView }

function Findings({ experiment, results: { report, status, aggregates, stride } }: FindingsProps) {
  const dose = (
    <>
      <PanelBoundary>
        <DosePanel experiment={experiment} report={report} />
      </PanelBoundary>
      <PanelBoundary>
        <GridPanel experiment={experiment} />
      </PanelBoundary>
    </>
  )
  const curves = (
    <PanelBoundary>
      <Suspense fallback={<p className="note">Loading the curves…</p>}>
        <LearningCurves aggregates={aggregates} stride={stride ?? 1} />
        <Folded title="Curves of the trainings: losses, entropy and what else they report">
          {() => <TrainingCurves experiment={experiment} />}
        </Folded>
      </Suspense>
    </PanelBoundary>
  )
  // What agents did stands beside the verdicts on them.
  const episodes = (
    <>
      <PanelBoundary>
        <EpisodeLinks experiment={experiment} />
      </PanelBoundary>
      <PanelBoundary>
        <SampleLinks experiment={experiment} />
      </PanelBoundary>
      <PanelBoundary>
        <NextMethodLink experiment={experiment} />
      </PanelBoundary>
    </>
  )
  const after = { 'The answer': dose, Curves: curves, 'Each condition': episodes }
  return <ReportMarkup report={report} status={status} after={after} below={belowReport} />
}

const belowReport = [
  { title: 'Runs', anchor: 'runs' },
  { title: 'How it was run', anchor: 'spec' },
]
