import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ExperimentView } from '@goalpost/contracts'
import { useMay, useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { QueryProblem } from '../shell/query-problem.tsx'
import { ScopeNeeded } from '../shell/scope-needed.tsx'
import { useTitle } from '../shell/use-title.ts'
import { shownSuites } from './condition-suites.ts'
import { EpisodeStage } from './episode-stage.tsx'
import { OverlayStage } from './overlay-stage.tsx'
import type { ReplayView } from './replay-view.ts'
import { NothingRecorded } from './nothing-recorded.tsx'
import { keepsEpisodes } from './recorded-conditions.ts'
import { ReplayChoices } from './replay-choices.tsx'
import { useEpisodes } from './use-episodes.ts'
import './replay.css'

const route = getRouteApi('/experiments/$id/replay')

/** Episodes of one trained policy, drawn step by step or all in one picture. */
export function ReplayPage() {
  const { id } = route.useParams()
  const view = route.useSearch()
  const { client } = useSession()
  const may = useMay('submit')
  const experiment = useQuery({ queryKey: ['experiment', id], queryFn: () => client.experiment(id) })
  useTitle(`Replay of ${view.condition}, seed ${view.seed}`)
  return (
    <article className="replay">
      <p className="eyebrow">
        <Link to="/experiments/$id" params={{ id }}>
          Back to {experiment.data?.name ?? 'the experiment'}
        </Link>{' '}
        ·{' '}
        <Link to="/compare" search={{ arms: [id] }}>
          Compare its conditions
        </Link>
      </p>
      <h1>
        {view.condition}, seed {view.seed}
      </h1>
      {!may ? (
        <ScopeNeeded title="Your key may not replay episodes" scope="submit">
          Replaying runs a tool of the service.
        </ScopeNeeded>
      ) : experiment.data !== undefined ? (
        <PanelBoundary>
          {keepsEpisodes(experiment.data.resolved, view.condition) ? (
            <Replay experiment={experiment.data} view={view} />
          ) : (
            <section className="panel">
              <h2>No episodes were recorded</h2>
              <NothingRecorded experimentId={id} />
            </section>
          )}
        </PanelBoundary>
      ) : experiment.isError ? (
        <ErrorPanel error={experiment.error} retry={() => void experiment.refetch()} />
      ) : (
        <p className="panel">Loading…</p>
      )}
    </article>
  )
}

function Replay({ experiment, view }: { readonly experiment: ExperimentView; readonly view: ReplayView }) {
  const navigate = route.useNavigate()
  const suites = shownSuites(experiment.resolved, view)
  const show = (change: Partial<ReplayView>): void =>
    void navigate({ search: (shown) => ({ ...shown, ...change }), replace: true, resetScroll: false })
  const episodes = useEpisodes(experiment, view, suites)
  const shown = [suites.main, suites.beside].filter((suite) => suite !== undefined).join('\n')
  return (
    <>
      <PanelBoundary>
        <ReplayChoices runs={experiment.runs} suites={suites} view={view} onShow={show} />
      </PanelBoundary>
      {episodes.isPending ? (
        <p className="panel">Loading the episodes…</p>
      ) : episodes.error !== null ? (
        <ErrorPanel error={episodes.error} retry={episodes.retry} />
      ) : episodes.panes[0]?.episodes.length === 0 ? (
        <section className="panel">
          <h2>No episodes were kept</h2>
          <p>
            The option <code>evaluation.recorded</code> sets how many are.
          </p>
        </section>
      ) : (
        <PanelBoundary key={`${shown} ${view.overlay === true ? 'all' : (view.episode ?? 0)}`}>
          <QueryProblem of={episodes.others} what="The episodes beside them" />
          {view.overlay === true ? (
            <OverlayStage panes={episodes.panes} />
          ) : (
            <EpisodeStage panes={episodes.panes} view={view} onShow={show} />
          )}
        </PanelBoundary>
      )}
    </>
  )
}
