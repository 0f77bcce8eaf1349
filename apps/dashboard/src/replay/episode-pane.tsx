import { useMemo } from 'react'
import { BeliefChart } from './belief-chart.tsx'
import { DecisionChart } from './decision-chart.tsx'
import { EpisodeExport } from './episode-export.tsx'
import type { Pane } from './player.tsx'
import { Timeline } from './timeline.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'

type Props = { readonly pane: Pane; readonly step: number; readonly onStep: (step: number) => void }

/** One suite's episode at a step; a shorter episode stays at its end. */
export function EpisodePane({ pane: { suite, recorded, episode }, step, onStep }: Props) {
  const at = Math.min(step, episode.steps.length)
  const drawing = useMemo(() => ({ __html: episode.draw(at) }), [episode, at])
  const { returns, agrees, end, decisions } = episode
  return (
    <section className="player" aria-label={`Episode on ${suite}`}>
      <h2>{suite}</h2>
      {/* Drawn by the environments' own code, which escapes all text. */}
      <div className="drawing" dangerouslySetInnerHTML={drawing} />
      <p className="note">
        The episode ended {end}. Return of the intended goal {returns[0].toFixed(3)}, of the proxy{' '}
        {returns[1].toFixed(3)}.
      </p>
      {!agrees && (
        <p role="alert" className="problem">
          This page and the service computed different returns for this episode. Reload the page; if that does not help,
          the service has another version of the environment.
        </p>
      )}
      <Timeline played={episode} step={at} onStep={onStep} />
      {decisions !== null && <DecisionChart episode={episode} decisions={decisions} step={at} onStep={onStep} />}
      <PanelBoundary>
        <BeliefChart recorded={recorded} step={at} onStep={onStep} />
      </PanelBoundary>
      <PanelBoundary>
        <EpisodeExport episode={episode} step={at} name={`episode-${suite}`} />
      </PanelBoundary>
    </section>
  )
}
