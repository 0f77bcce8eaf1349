import { isMissing, type Estimate, type VerdictPart } from '@goalpost/contracts'
import { createElement as h, Fragment, type ReactNode } from 'react'
import type { Axis } from '../axis.ts'
import { formatInterval, formatNumber } from '../numbers.ts'
import { prose } from '../prose.ts'
import { CountMark, sharedCount } from './counts.ts'
import { IntervalStrip, StripTicks } from './interval-strip.ts'
import { referenceNamesOf } from './reference-marks.ts'
import { thresholdOf } from './verdict-thresholds.ts'

type CardNumber = VerdictPart['numbers'][number]
type Shown = { readonly part: VerdictPart; readonly axis: Axis | null }
type Props = Shown & { readonly numbers: readonly CardNumber[]; readonly children?: ReactNode }

/** Numbers of a card below a title, on one axis if they share one. */
export function CardNumbers({ numbers, part, axis, children }: Props) {
  if (numbers.length === 0) return null
  return h(
    Fragment,
    null,
    h('p', { className: 'group' }, children),
    h('dl', { className: 'numbers' }, ...numbers.map((number) => h(NumberRow, { number, part, axis }))),
    axis !== null && h(StripTicks, { axis }),
  )
}

function NumberRow({ number, part, axis }: Shown & { readonly number: CardNumber }) {
  const { name, estimate, help, references = [] } = number
  const label = h('dt', { title: help }, name)
  // The reason for a missing number is a sentence: it takes the room of number and strip, and can wrap.
  if (isMissing(estimate.value))
    return h('div', null, label, h('dd', { className: 'missing' }, prose(estimate.value.missing)))
  const threshold = thresholdOf(number, part)
  const shown = h(
    'dd',
    { className: 'number' },
    `${formatNumber(estimate.value)} `,
    h('small', null, formatInterval(estimate)),
    h(CountMark, { estimate, shared: countOf(part) }),
    h(CautionMark, { estimate, part }),
  )
  const names = referenceNamesOf(part)
  const marked = references.map((reference) => ({ ...reference, index: names.indexOf(reference.name) }))
  const strip = axis !== null && h(IntervalStrip, { estimate, axis, threshold, references: marked })
  return h('div', null, label, shown, strip && h('dd', { className: 'on-axis' }, strip))
}

/** On how many replicates all intervals of a card rest: it is said below them, once. */
export const countOf = ({ numbers }: VerdictPart): number | null => sharedCount(numbers.map(({ estimate }) => estimate))

/** Numbers of one card share the caution about their intervals: it is below them, once. */
export function cautionsOf({ numbers }: VerdictPart): string[] {
  return [...new Set(numbers.flatMap(({ estimate }) => estimate.caution ?? []))]
}

function CautionMark({ estimate: { caution }, part }: { readonly estimate: Estimate; readonly part: VerdictPart }) {
  return caution === undefined ? null : h('sup', null, cautionsOf(part).indexOf(caution) + 1)
}
