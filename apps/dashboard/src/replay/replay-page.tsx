import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useMay, useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { useTitle } from '../shell/use-title.ts'
import { Player } from './player.tsx'
import { playEpisode } from './play-episode.ts'
import { episodesOf, type RecordedEpisode } from './recorded-episode.ts'
import type { ReplayView } from './replay-view.ts'
import { SuiteChoice } from './suite-choice.tsx'

const route = getRouteApi('/experiments/$id/replay')
/** As many as every evaluation keeps at least. */
const mostEpisodes = 24

/** Episodes of one trained policy, drawn step by step. */
export function ReplayPage() {
  const { id } = route.useParams()
  const view = route.useSearch()
  const navigate = route.useNavigate()
  const may = useMay('submit')
  useTitle(`Replay of ${view.condition}, seed ${view.seed}`)
  const show = (change: Partial<ReplayView>): void =>
    void navigate({ search: (shown) => ({ ...shown, ...change }), replace: true })
  return (
    <article className="replay">
      <p className="eyebrow">
        <Link to="/experiments/$id" params={{ id }}>
          Back to the experiment
        </Link>
      </p>
      <h1>
        {view.condition}, seed {view.seed}
      </h1>
      {may ? (
        <>
          <SuiteChoice id={id} view={view} onChoose={(suite) => show({ suite, episode: 0, step: 0 })} />
          <Episodes id={id} view={view} onShow={show} />
        </>
      ) : (
        <section className="panel">
          <h2>Your key may not replay episodes</h2>
          <p>
            Replaying runs a tool of the service, which needs a key with the scope <code>submit</code>. Sign out, and
            sign in with another key.
          </p>
        </section>
      )}
    </article>
  )
}

type Shown = {
  readonly id: string
  readonly view: ReplayView
  readonly onShow: (change: Partial<ReplayView>) => void
}

function Episodes({ id, view, onShow }: Shown) {
  const query = useEpisodes(id, view)
  if (query.isPending) return <p className="panel">Loading the episodes…</p>
  if (query.isError) return <ErrorPanel error={query.error} retry={() => void query.refetch()} />
  const place = Math.min(view.episode ?? 0, query.data.length - 1)
  const recorded = query.data[place]
  if (recorded === undefined)
    return (
      <section className="panel">
        <h2>No episodes were kept</h2>
        <p>
          The option <code>evaluation.recorded</code> sets how many are.
        </p>
      </section>
    )
  return (
    <PanelBoundary key={`${view.suite} ${place}`}>
      <Episode
        recorded={recorded}
        place={{ index: place, count: query.data.length }}
        step={view.step ?? 0}
        onShow={onShow}
      />
    </PanelBoundary>
  )
}

/** Kept episodes of the chosen policy, wrong goals first. */
function useEpisodes(id: string, { condition, seed, suite }: ReplayView) {
  const { client } = useSession()
  return useQuery({
    queryKey: ['episodes', id, condition, seed, suite ?? null],
    queryFn: async () => {
      const { protocol } = await client.experiment(id)
      const given = {
        policy: `${id}:${condition}/${seed}`,
        episodes: mostEpisodes,
        ...(suite === undefined ? {} : { suite }),
      }
      return episodesOf(await client.useTool({ protocol, group: 'levels', tool: 'replay' }, given))
    },
    // Kept episodes never change.
    staleTime: Infinity,
  })
}

type EpisodeProps = {
  readonly recorded: RecordedEpisode
  readonly place: { readonly index: number; readonly count: number }
  readonly step: number
  readonly onShow: Shown['onShow']
}

function Episode({ recorded, place, step, onShow }: EpisodeProps) {
  const played = useMemo(() => playEpisode(recorded), [recorded])
  return (
    <Player
      played={played}
      returns={recorded.returns}
      place={place}
      step={Math.min(step, played.steps.length)}
      onStep={(next) => onShow({ step: next })}
      onEpisode={(next) => onShow({ episode: next, step: 0 })}
    />
  )
}
