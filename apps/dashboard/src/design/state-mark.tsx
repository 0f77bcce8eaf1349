import type { ExperimentState, Tone } from '@goalpost/contracts'
import { ToneIcon } from './tone-icon.tsx'

const tones: Readonly<Record<Exclude<ExperimentState, 'running' | 'waiting'>, Tone>> = {
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'neutral',
}

type Props = {
  readonly state: ExperimentState
  /** Instead of the state's own name. */
  readonly word?: string
}

/** A state in words, with its shape. */
export function StateMark({ state, word = state }: Props) {
  if (state === 'running' || state === 'waiting')
    return (
      <span className={`state state-${state}`}>
        <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="8" r="5" />
        </svg>
        {word}
      </span>
    )
  const tone = tones[state]
  return (
    <span className={`state tone-${tone}`}>
      <ToneIcon tone={tone} />
      {word}
    </span>
  )
}
