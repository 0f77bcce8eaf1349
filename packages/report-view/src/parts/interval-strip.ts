import type { Estimate } from '@goalpost/contracts'
import { createElement as h, type ReactNode } from 'react'
import type { Axis } from '../axis.ts'
import { formatNumber, formatTick } from '../numbers.ts'
import { percentAt } from './strip-axis.ts'

type Props = { readonly estimate: Estimate; readonly axis: Axis; readonly threshold?: number | undefined }

const height = 14
const middle = height / 2

/** A number with its interval, on a strip that fills the width. */
export function IntervalStrip({ estimate: { value, low, high }, axis, threshold }: Props) {
  if (typeof value !== 'number') return null
  const hasSpan = low !== undefined && high !== undefined
  return h(
    Strip,
    null,
    ...axis.ticks.map((tick) => h('line', { className: 'grid', ...upright(axis, tick) })),
    threshold !== undefined && h(Threshold, { axis, value: threshold }),
    hasSpan &&
      h('line', { className: 'span', x1: percentAt(axis, low), x2: percentAt(axis, high), y1: middle, y2: middle }),
    h('circle', { cx: percentAt(axis, value), cy: middle, r: 3.5 }),
  )
}

function Strip({ children }: { readonly children?: ReactNode }) {
  return h('svg', { className: 'strip', width: '100%', height, 'aria-hidden': true }, children)
}

function Threshold({ axis, value }: { readonly axis: Axis; readonly value: number }) {
  const title = h('title', null, `threshold ${formatNumber(value)}`)
  return h('line', { className: 'threshold', ...upright(axis, value) }, title)
}

const upright = (axis: Axis, value: number) => ({
  x1: percentAt(axis, value),
  x2: percentAt(axis, value),
  y1: 0,
  y2: height,
})

/** Axis numbers below strips that share an axis. */
export function StripTicks({ axis }: { readonly axis: Axis }) {
  const ticks = axis.ticks.map((tick) =>
    h('text', { className: 'tick', x: percentAt(axis, tick), y: 11, textAnchor: 'middle' }, formatTick(tick)),
  )
  return h(Strip, null, ...ticks)
}
