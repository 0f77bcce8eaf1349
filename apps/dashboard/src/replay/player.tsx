import { useKeys } from '../design/use-keys.ts'
import { EpisodePane } from './episode-pane.tsx'
import type { PlayedEpisode } from './play-episode.ts'
import { PlayerControls } from './player-controls.tsx'
import type { RecordedEpisode } from './recorded-episode.ts'
import type { ReplayView } from './replay-view.ts'
import { usePlayback } from './use-playback.ts'
import { PanelBoundary } from '../shell/panel-boundary.tsx'

/** One episode of a suite. */
export type Pane = { readonly suite: string; readonly recorded: RecordedEpisode; readonly episode: PlayedEpisode }

type Props = {
  readonly panes: readonly Pane[]
  readonly place: { readonly index: number; readonly count: number }
  readonly step: number
  readonly speed: number
  readonly onShow: (change: Partial<ReplayView>) => void
}

/** Draws one step of the episodes, with controls. Arrow keys step, the space bar plays. */
export function Player({ panes, place, step, speed, onShow }: Props) {
  const last = Math.max(0, ...panes.map(({ episode }) => episode.steps.length))
  const onStep = (next: number): void => onShow({ step: next })
  const onEpisode = (next: number): void => {
    if (next >= 0 && next < place.count) onShow({ episode: next, step: 0 })
  }
  const { isPlaying, play } = usePlayback({ step, last, speed, onStep })
  const keys: Readonly<Record<string, () => void>> = {
    ArrowRight: () => onStep(Math.min(last, step + 1)),
    ArrowLeft: () => onStep(Math.max(0, step - 1)),
    Home: () => onStep(0),
    End: () => onStep(last),
    n: () => onEpisode(place.index + 1),
    p: () => onEpisode(place.index - 1),
    ' ': play,
  }
  useKeys((key) => {
    keys[key]?.()
    return key in keys
  })
  return (
    <section aria-label="Episode">
      <EpisodeChoice place={place} onEpisode={onEpisode} />
      <PlayerControls {...{ step, last, isPlaying, play, onStep, speed }} onSpeed={(next) => onShow({ speed: next })} />
      <div className="panes">
        {panes.map((pane) => (
          <PanelBoundary key={pane.suite}>
            <EpisodePane pane={pane} step={step} onStep={onStep} />
          </PanelBoundary>
        ))}
      </div>
      <p className="note">
        Keys: arrows, Home and End for steps, space to play, n and p for the next and previous episode. The address
        shows this moment again.
      </p>
    </section>
  )
}

type ChoiceProps = Pick<Props, 'place'> & { readonly onEpisode: (index: number) => void }

function EpisodeChoice({ place: { index, count }, onEpisode }: ChoiceProps) {
  return (
    <p className="episode-choice">
      <button type="button" disabled={index === 0} onClick={() => onEpisode(index - 1)}>
        Previous episode
      </button>
      <span>
        Episode {index + 1} of {count}, wrong goals first
      </span>
      <button type="button" disabled={index + 1 >= count} onClick={() => onEpisode(index + 1)}>
        Next episode
      </button>
    </p>
  )
}
