import { EpisodeList } from './episode-list.tsx'
import { Player } from './player.tsx'
import { playOnce } from './play-episode.ts'
import { usualSpeed, type ReplayView } from './replay-view.ts'
import type { SuiteEpisodes } from './use-episodes.ts'
import { PanelBoundary } from '../shell/panel-boundary.tsx'

type Props = {
  readonly panes: readonly SuiteEpisodes[]
  readonly view: ReplayView
  readonly onShow: (change: Partial<ReplayView>) => void
}

/** One episode of each suite, side by side and in step. */
export function EpisodeStage({ panes, view, onShow }: Props) {
  const [main] = panes
  const count = main?.episodes.length ?? 0
  const index = Math.min(view.episode ?? 0, Math.max(0, count - 1))
  const played = panes.flatMap(({ suite, episodes }) => {
    const recorded = episodes[Math.min(index, episodes.length - 1)]
    return recorded === undefined ? [] : [{ suite, recorded, episode: playOnce(recorded) }]
  })
  const last = Math.max(0, ...played.map(({ episode }) => episode.steps.length))
  return (
    <>
      <PanelBoundary>
        <Player
          panes={played}
          place={{ index, count }}
          step={Math.min(view.step ?? 0, last)}
          speed={view.speed ?? usualSpeed}
          onShow={onShow}
        />
      </PanelBoundary>
      {main !== undefined && (
        <PanelBoundary>
          <EpisodeList episodes={main.episodes} shown={index} onChoose={(episode) => onShow({ episode, step: 0 })} />
        </PanelBoundary>
      )}
    </>
  )
}
