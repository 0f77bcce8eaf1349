import type { Estimate } from '@goalpost/contracts'
import { createElement as h, type ReactNode } from 'react'
import type { Axis } from '../axis.ts'
import { formatNumber, formatTick } from '../numbers.ts'
import { ReferenceMark, type NumberReference } from './reference-marks.ts'
import { percentAt } from './strip-axis.ts'

/** A reference with the index of its mark. */
export type MarkedReference = NumberReference & { readonly index: number }

type Props = {
  readonly estimate: Estimate
  readonly axis: Axis
  readonly threshold?: number | undefined
  readonly references: readonly MarkedReference[]
}

const height = 20
const middle = height / 2

/** A number with its interval, on a strip that fills the width, between what it is read against. */
export function IntervalStrip({ estimate: { value, low, high }, axis, threshold, references }: Props) {
  if (typeof value !== 'number') return null
  const hasSpan = low !== undefined && high !== undefined
  return h(
    'svg',
    { className: 'strip', width: '100%', height, ...describe(threshold, references) },
    ...axis.ticks.map((tick) => h('line', { className: 'grid', ...upright(axis, tick) })),
    threshold !== undefined && h(Threshold, { axis, value: threshold }),
    ...references
      .filter((reference) => reference.value >= axis.low && reference.value <= axis.high)
      .map((reference) => h(Reference, { axis, reference })),
    hasSpan &&
      h('line', { className: 'span', x1: percentAt(axis, low), x2: percentAt(axis, high), y1: middle, y2: middle }),
    h('circle', { cx: percentAt(axis, value), cy: middle, r: 3.5 }),
  )
}

/** In words, what the number beside the strip is read against; the number itself is text already. */
function describe(threshold: number | undefined, references: readonly MarkedReference[]) {
  const named = references.map(({ name, value }) => `${name} ${formatNumber(value)}`)
  const words = [...(threshold === undefined ? [] : [`threshold ${formatNumber(threshold)}`]), ...named]
  return words.length === 0 ? { 'aria-hidden': true } : { role: 'img', 'aria-label': words.join(', ') }
}

function Threshold({ axis, value }: { readonly axis: Axis; readonly value: number }) {
  const title = h('title', null, `threshold ${formatNumber(value)}`)
  return h('line', { className: 'threshold', ...upright(axis, value) }, title)
}

function Reference({ axis, reference }: { readonly axis: Axis; readonly reference: MarkedReference }) {
  const { name, value, index } = reference
  // A drawing of its own, since a path has no place in per cent.
  const place = { x: percentAt(axis, value), width: 1, height: 1, overflow: 'visible' }
  return h('svg', place, h('title', null, `${name} ${formatNumber(value)}`), h(ReferenceMark, { index, height }))
}

const upright = (axis: Axis, value: number) => ({
  x1: percentAt(axis, value),
  x2: percentAt(axis, value),
  y1: 0,
  y2: height,
})

/** Axis numbers below strips that share an axis. */
export function StripTicks({ axis }: { readonly axis: Axis }) {
  const ticks: ReactNode[] = axis.ticks.map((tick) =>
    h('text', { className: 'tick', x: percentAt(axis, tick), y: 11, textAnchor: 'middle' }, formatTick(tick)),
  )
  return h('svg', { className: 'strip', width: '100%', height: 14, 'aria-hidden': true }, ...ticks)
}
