import type { VerdictSummary } from '@goalpost/contracts'
import { Link } from '@tanstack/react-router'
import { ToneIcon } from '../design/tone-icon.tsx'

const mostShown = 6

/** One chip for each condition; the rest as a number. A verdict opens the list of all experiments that have it. */
export function VerdictChips({ verdicts }: { readonly verdicts: readonly VerdictSummary[] }) {
  if (verdicts.length === 0) return <span className="soft">–</span>
  const rest = verdicts.length - mostShown
  return (
    <ul className="chips">
      {verdicts.slice(0, mostShown).map(({ title, name, tone, sentence, provisional, agreeing, total }) => (
        <li key={title} className={`chip tone-${tone}`} title={sentence}>
          <ToneIcon tone={tone} /> {title}:{' '}
          <Link to="/experiments" search={{ verdict: name }} className="chip-verdict" preload={false}>
            {name.replaceAll('-', ' ')}
          </Link>
          {provisional && ' (provisional)'}
          <small>
            {' '}
            {agreeing}/{total}
          </small>
        </li>
      ))}
      {rest > 0 && <li className="chip">{rest} more</li>}
    </ul>
  )
}
