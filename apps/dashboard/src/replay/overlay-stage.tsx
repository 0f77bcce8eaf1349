import { useMemo } from 'react'
import { downloadText } from '../design/download-text.ts'
import { drawOverlay } from './draw-overlay.ts'
import type { SuiteEpisodes } from './use-episodes.ts'
import { PanelBoundary } from '../shell/panel-boundary.tsx'

/** All episodes of each suite in one picture. */
export function OverlayStage({ panes }: { readonly panes: readonly SuiteEpisodes[] }) {
  return (
    <>
      <p className="note">
        The more episodes took a step, the stronger its line; discs mark where they ended. Objects that lie in the same
        place on more than half of the levels are drawn underneath, and in worlds without cells the goals of every
        level, pale where they are rare.
      </p>
      <div className="panes">
        {panes.map((pane) => (
          <PanelBoundary key={pane.suite}>
            <OverlayPane pane={pane} />
          </PanelBoundary>
        ))}
      </div>
    </>
  )
}

function OverlayPane({ pane: { suite, episodes } }: { readonly pane: SuiteEpisodes }) {
  const drawing = useMemo(() => drawOverlay(episodes), [episodes])
  return (
    <section className="player" aria-label={`Episodes on ${suite}`}>
      <h2>
        {suite}, {episodes.length} {episodes.length === 1 ? 'episode' : 'episodes'}
      </h2>
      {drawing === null ? (
        <p className="none">This world is drawn as camera images, so its episodes cannot be laid over each other.</p>
      ) : (
        <>
          {/* Drawn by the environments' own code, which escapes all text. */}
          <div className="drawing" dangerouslySetInnerHTML={{ __html: drawing }} />
          <p className="table-actions">
            <button
              type="button"
              onClick={() => downloadText(drawing, { name: `episodes-${suite}.svg`, mediaType: 'image/svg+xml' })}
            >
              SVG <span className="visually-hidden">of {suite}</span>
            </button>
          </p>
        </>
      )}
    </section>
  )
}
