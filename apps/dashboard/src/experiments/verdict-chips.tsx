import type { ExperimentState, VerdictSummary } from '@goalpost/contracts'
import { RowLink } from '../design/row-link.tsx'
import { useId, useState } from 'react'
import { ToneIcon } from '../design/tone-icon.tsx'
import { listHref } from './list-href.ts'
import { countText, unjudgedText } from './verdict-texts.ts'

const mostShown = 6

type Props = { readonly verdicts: readonly VerdictSummary[]; readonly state: ExperimentState }

/** One chip for each condition; the rest behind a button. A verdict opens the list of all experiments that have it. */
export function VerdictChips({ verdicts, state }: Props) {
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  if (verdicts.length === 0) return <span className="soft">–</span>
  const rest = verdicts.length - mostShown
  return (
    <ul className="chips" id={id}>
      {verdicts.slice(0, isOpen ? undefined : mostShown).map((verdict) => (
        <li key={verdict.title} className={`chip tone-${verdict.tone}`} title={verdict.sentence}>
          <ToneIcon tone={verdict.tone} /> {verdict.title}:{' '}
          {verdict.total === 0 ? unjudgedText(state) : <ChipVerdict verdict={verdict} />}
        </li>
      ))}
      {rest > 0 && (
        <li>
          <button
            type="button"
            className="chip more"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? 'fewer' : `${rest} more`}
          </button>
        </li>
      )}
    </ul>
  )
}

function ChipVerdict({ verdict }: { readonly verdict: VerdictSummary }) {
  return (
    <>
      <RowLink href={listHref({ verdict: verdict.name })} className="chip-verdict">
        {verdict.name.replaceAll('-', ' ')}
      </RowLink>
      {verdict.provisional && ' (provisional)'} <small>{countText(verdict)}</small>
    </>
  )
}
