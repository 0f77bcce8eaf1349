import type { VerdictPart } from '@goalpost/contracts'
import { createElement as h } from 'react'
import { breakable, prose } from '../prose.ts'
import { groupNumbers, type CardAxes } from './card-axes.ts'
import { CardNumbers, cautionsOf, countOf } from './card-numbers.ts'
import { CountNote } from './counts.ts'
import { ReferenceLegend, referenceNamesOf } from './reference-marks.ts'
import { isUnjudged, VerdictName } from './verdict-name.ts'

type Props = { readonly part: VerdictPart; readonly anchor: string; readonly axes: CardAxes }

/** One finding: the verdict, why, its numbers on shared axes, and how many replicates agree. */
export function VerdictCard({ part, anchor, axes }: Props) {
  const { judged, beside } = groupNumbers(part)
  return h(
    'article',
    { className: `card tone-${part.tone}`, id: anchor },
    h('h3', null, breakable(part.title)),
    h('p', { className: 'verdict' }, h(VerdictName, { part })),
    part.sentence !== undefined && !isUnjudged(part) && h('p', { className: 'sentence' }, prose(part.sentence)),
    h('p', null, prose(part.reason)),
    (axes.judged !== null || axes.beside !== null) && h(ReferenceLegend, { names: referenceNamesOf(part) }),
    h(CardNumbers, { numbers: judged, part, axis: axes.judged }, 'Compared with a threshold', h(LineSample, { axes })),
    h(CardNumbers, { numbers: beside, part, axis: axes.beside }, judged.length === 0 ? 'Numbers' : 'Other measures'),
    h(CountNote, { shared: countOf(part) }),
    ...cautionsOf(part).map((caution, index) =>
      h('p', { className: 'caution' }, h('sup', null, index + 1), ' ', caution),
    ),
    h(Tally, { part }),
  )
}

/** How a threshold is drawn on the strips below. */
function LineSample({ axes: { judged } }: { readonly axes: CardAxes }) {
  return judged === null ? null : [' ', h('i', { key: 'line', className: 'line' })]
}

function Tally({ part: { tally } }: { readonly part: VerdictPart }) {
  const entries = Object.entries(tally).filter(([, count]) => count > 0)
  if (entries.length === 0) return null
  const total = entries.reduce((sum, [, count]) => sum + count, 0)
  const text = entries.map(([name, count]) => `${count} of ${total} ${name.replaceAll('-', ' ')}`).join(' · ')
  return h('p', { className: 'tally' }, text)
}
