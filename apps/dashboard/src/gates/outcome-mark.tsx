import type { GateRunView, Tone } from '@goalpost/contracts'
import { StateMark } from '../design/state-mark.tsx'
import { ToneIcon } from '../design/tone-icon.tsx'

export const outcomeTones: Readonly<Record<NonNullable<GateRunView['outcome']>, Tone>> = {
  pass: 'good',
  warn: 'warning',
  fail: 'bad',
  undecided: 'neutral',
}

/** What a run of a gate has decided. */
export function OutcomeMark({ run: { outcome } }: { readonly run: Pick<GateRunView, 'outcome'> }) {
  if (outcome === null) return <StateMark state="running" />
  const tone = outcomeTones[outcome]
  return (
    <span className={`state tone-${tone}`}>
      <ToneIcon tone={tone} />
      {outcome}
    </span>
  )
}
