import { createElement as h, Fragment } from 'react'
import { formatTick } from '../numbers.ts'
import { margin, type Frame } from './plot-frame.ts'
import type { Plot } from './plot.ts'

/** Pixels between marks, so that their numbers do not touch. */
const tickRoom = 58

type Props = { readonly plot: Plot; readonly frame: Frame }

/** Grid lines and numbers of both axes, and their titles. */
export function PlotAxes({ plot: { x, y, titles }, frame }: Props) {
  const { width, height, left } = frame
  const [right, bottom] = [width - margin.right, height - margin.bottom]
  const every = Math.ceil((x.ticks.length * tickRoom) / (right - margin.left))
  const shown = x.ticks.filter((_, index) => index % every === 0)
  const upright = `translate(12 ${(margin.top + bottom) / 2}) rotate(-90)`
  return h(
    Fragment,
    null,
    ...y.ticks.map((tick) => h(HeightMark, { tick, frame })),
    ...shown.map((tick) =>
      h('text', { className: 'tick', x: left(tick), y: bottom + 18, textAnchor: 'middle' }, formatTick(tick)),
    ),
    h('line', { className: 'axis', x1: margin.left, x2: right, y1: bottom, y2: bottom }),
    h('text', { className: 'label', x: (margin.left + right) / 2, y: height - 6, textAnchor: 'middle' }, titles.x),
    titles.y !== '' && h('text', { className: 'label', transform: upright, textAnchor: 'middle' }, titles.y),
  )
}

function HeightMark({ tick, frame: { width, top } }: { readonly tick: number; readonly frame: Frame }) {
  const at = top(tick)
  const place = { x: margin.left - 8, y: at, textAnchor: 'end', dominantBaseline: 'middle' } as const
  return h(
    Fragment,
    null,
    h('line', { className: 'grid', x1: margin.left, x2: width - margin.right, y1: at, y2: at }),
    h('text', { className: 'tick', ...place }, formatTick(tick)),
  )
}
