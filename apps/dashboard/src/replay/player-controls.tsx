import { speeds } from './replay-view.ts'

type Props = {
  readonly step: number
  readonly last: number
  readonly isPlaying: boolean
  readonly speed: number
  readonly play: () => void
  readonly onStep: (step: number) => void
  readonly onSpeed: (speed: number) => void
}

/** They step wherever the focus is, so the slider must not step too. */
const pageKeys: ReadonlySet<string> = new Set(['ArrowLeft', 'ArrowRight', 'Home', 'End'])

export function PlayerControls({ step, last, isPlaying, speed, play, onStep, onSpeed }: Props) {
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
          onKeyDown={(event) => {
            if (pageKeys.has(event.key)) event.preventDefault()
          }}
        />
      </label>
      <output>
        {step} of {last}
      </output>
      <label className="speed">
        Speed{' '}
        <select value={speed} onChange={({ target }) => onSpeed(Number(target.value))}>
          {speeds.map((each) => (
            <option key={each} value={each}>
              {each} {each === 1 ? 'step' : 'steps'} per second
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}
