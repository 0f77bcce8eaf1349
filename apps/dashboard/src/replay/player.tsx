import { useEffect, useMemo, useState } from 'react'
import { useKeys } from '../design/use-keys.ts'
import type { PlayedEpisode } from './play-episode.ts'
import { Timeline } from './timeline.tsx'

type Props = {
  readonly played: PlayedEpisode
  readonly returns: readonly [intended: number, proxy: number]
  readonly place: { readonly index: number; readonly count: number }
  readonly step: number
  readonly onStep: (step: number) => void
  readonly onEpisode: (index: number) => void
}

const stepsPerSecond = 6

/** Draws one step of an episode, with controls. Arrow keys step, the space bar plays. */
export function Player({ played, returns, place, step, onStep, onEpisode }: Props) {
  const last = played.steps.length
  const { isPlaying, play } = usePlayback({ step, last, onStep })
  const keys: Readonly<Record<string, () => void>> = {
    ArrowRight: () => onStep(Math.min(last, step + 1)),
    ArrowLeft: () => onStep(Math.max(0, step - 1)),
    Home: () => onStep(0),
    End: () => onStep(last),
    ' ': play,
  }
  useKeys((key) => {
    keys[key]?.()
    return key in keys
  })
  const drawing = useMemo(() => ({ __html: played.draw(step) }), [played, step])
  return (
    <section className="player" aria-label="Episode">
      <EpisodeChoice place={place} onEpisode={onEpisode} />
      {/* Drawn by the environments' own code, which escapes all text. */}
      <div className="drawing" dangerouslySetInnerHTML={drawing} />
      <Controls {...{ step, last, isPlaying, play, onStep }} />
      <Timeline played={played} step={step} onStep={onStep} />
      <p className="note">
        The episode ended {played.end}. Return of the intended goal {returns[0].toFixed(3)}, of the proxy{' '}
        {returns[1].toFixed(3)}. Keys: arrows, Home, End, space. The address shows this step again.
      </p>
    </section>
  )
}

type Playback = { readonly step: number; readonly last: number; readonly onStep: (step: number) => void }

/** Steps on by itself while it plays; at the end, playing starts from the beginning. */
function usePlayback({ step, last, onStep }: Playback) {
  const [isPlaying, setPlaying] = useState(false)
  useEffect(() => {
    if (!isPlaying) return
    if (step >= last) return setPlaying(false)
    const timer = setTimeout(() => onStep(step + 1), 1_000 / stepsPerSecond)
    return () => clearTimeout(timer)
  }, [isPlaying, step, last, onStep])
  const play = (): void => {
    if (!isPlaying && step >= last) onStep(0)
    setPlaying(!isPlaying)
  }
  return { isPlaying, play }
}

function EpisodeChoice({ place: { index, count }, onEpisode }: Pick<Props, 'place' | 'onEpisode'>) {
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

type ControlsProps = Playback & { readonly isPlaying: boolean; readonly play: () => void }

function Controls({ step, last, isPlaying, play, onStep }: ControlsProps) {
  return (
    <div className="controls">
      <button type="button" className="primary" onClick={play}>
        {isPlaying ? 'Pause' : 'Play'}
      </button>
      <label className="scrub">
        Step
        <input
          type="range"
          min={0}
          max={last}
          value={step}
          onChange={({ target }) => onStep(Number(target.value))}
          // The page's own arrow keys do the same.
          onKeyDown={(event) => event.preventDefault()}
        />
      </label>
      <output>
        {step} of {last}
      </output>
    </div>
  )
}
