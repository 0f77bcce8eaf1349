import type { BisectionProbe, Tone } from '@goalpost/contracts'
import { ToneIcon } from '../design/tone-icon.tsx'

const tones: Readonly<Record<NonNullable<BisectionProbe['state']>, Tone>> = {
  good: 'good',
  bad: 'bad',
  open: 'neutral',
}

/** One tested version, and what was found. */
export function ProbeMark({ probe: { version, state, units } }: { readonly probe: BisectionProbe }) {
  const tone = state === null ? 'neutral' : tones[state]
  return (
    <span className={`state tone-${tone}`}>
      <ToneIcon tone={tone} />
      version {version}: {state === null ? 'being tested' : state === 'open' ? 'undecided' : state}
      <small> {units === 1 ? '1 unit' : `${units} units`}</small>
    </span>
  )
}
