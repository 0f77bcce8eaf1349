import type { PlayedEpisode } from './play-episode.ts'

type Props = { readonly played: PlayedEpisode; readonly step: number; readonly onStep: (step: number) => void }

/** Every action in order, with the goals it reached. */
export function Timeline({ played, step, onStep }: Props) {
  return (
    <ol className="timeline" aria-label="Actions">
      {played.steps.map(({ action, reached }, index) => (
        // Steps have no identity but their place.
        <li key={`${index} ${action}`}>
          <button
            type="button"
            aria-current={step === index + 1 ? 'step' : undefined}
            className={reached.length > 0 ? 'reached' : undefined}
            onClick={() => onStep(index + 1)}
          >
            {action}
            {reached.length > 0 && <small> {reached.join(', ')}</small>}
          </button>
        </li>
      ))}
    </ol>
  )
}
