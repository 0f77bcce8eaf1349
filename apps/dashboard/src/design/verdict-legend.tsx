import type { Tone } from '@goalpost/contracts'
import './verdict-legend.css'

type Props = { readonly points: readonly { readonly tone: Tone; readonly verdict: string }[] }

/** Which line is which verdict: by colour and by dash. */
export function VerdictLegend({ points }: Props) {
  const verdicts = new Map(points.map(({ verdict, tone }) => [verdict, tone]))
  return (
    <ul className="legend" aria-label="Verdicts">
      {[...verdicts].map(([verdict, tone]) => (
        <li key={verdict}>
          <svg viewBox="0 0 28 10" aria-hidden="true">
            <line className={`by-verdict tone-${tone}`} x1="0" x2="28" y1="5" y2="5" />
          </svg>
          {verdict}
        </li>
      ))}
    </ul>
  )
}
