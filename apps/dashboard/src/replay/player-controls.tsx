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
          // The page's own arrow keys do the same.
          onKeyDown={(event) => event.preventDefault()}
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
