import type { DistributionPart } from '@goalpost/contracts'
import { createElement as h } from 'react'
import { createAxis, type Axis } from '../axis.ts'
import { formatNumber, formatTick } from '../numbers.ts'
import { breakable } from '../prose.ts'
import { dotsOf, missingNotes, pile, radius } from './distribution-dots.ts'
import { Figure } from './figure.ts'
import { seedShape } from './seed-shape.ts'
import { percentAt } from './strip-axis.ts'

type Group = DistributionPart['groups'][number]
type References = DistributionPart['references']
type Props = { readonly part: DistributionPart; readonly anchor: string }

const height = 42

/**
 * A strip for each group, its name beside it or, on a narrow screen, above it; a dot for each replicate, stacked where
 * they would overlap.
 */
export function DistributionFigure({ part, anchor }: Props) {
  const { title, groups, references } = part
  const ends = [part.axis.low, part.axis.high].filter((end) => end !== undefined)
  const known = groups.flatMap((group) => dotsOf(group).map(({ value }) => value))
  const caption = [...part.notes, ...missingNotes(groups)].join(' ')
  if (known.length === 0) return h(Figure, { title, anchor, caption }, h('p', { className: 'none' }, 'no values yet'))
  const axis = createAxis([...known, ...ends, ...references.map(({ value }) => value)], 'linear', 5)
  return h(Figure, { title, anchor, caption }, h(Strips, { part, axis }), h(VerdictLegend, { groups }))
}

function Strips({ part: { axis: shown, groups, references }, axis }: { part: DistributionPart; axis: Axis }) {
  const strips = groups.flatMap((group) => [
    h('span', { className: 'name' }, breakable(group.name)),
    h(GroupStrip, { group, axis, references }),
  ])
  const names = references.length > 0 && h(ReferenceNames, { references, axis })
  return h('div', { className: 'strips' }, names, ...strips, h(AxisStrip, { axis, title: shown.title }))
}

/** What the shapes mean, where the replicates have verdicts. */
function VerdictLegend({ groups }: { readonly groups: readonly Group[] }) {
  const judged = groups.flatMap(({ values }) =>
    values.flatMap(({ verdict, tone = 'neutral' }) => (verdict === undefined ? [] : [[verdict, tone] as const])),
  )
  if (judged.length === 0) return null
  const entries = [...new Map(judged)].map(([verdict, tone]) => {
    const shape = h('path', { className: `seed tone-${tone}`, d: seedShape(tone, radius) })
    const sample = h('svg', { viewBox: '-14 -6 28 12', 'aria-hidden': true }, shape)
    return h('li', null, sample, ' ', verdict.replaceAll('-', ' '))
  })
  return h('ul', { className: 'legend' }, ...entries)
}

function ReferenceNames({ references, axis }: { readonly references: References; readonly axis: Axis }) {
  const names = references.map(({ name, value }) => {
    const place = { x: percentAt(axis, value), y: 11, textAnchor: anchorAt(axis.place(value)) }
    return h('text', { className: 'tick', ...place }, name)
  })
  return h('svg', { className: 'strip', width: '100%', height: 14, 'aria-hidden': true }, ...names)
}

/** Moves a name towards the middle if it would cross the edge. */
function anchorAt(share: number): 'start' | 'middle' | 'end' {
  return share > 0.7 ? 'end' : share < 0.3 ? 'start' : 'middle'
}

function AxisStrip({ axis, title }: { readonly axis: Axis; readonly title: string }) {
  const ticks = axis.ticks.map((tick) =>
    h('text', { className: 'tick', x: percentAt(axis, tick), y: 11, textAnchor: 'middle' }, formatTick(tick)),
  )
  const label = h('text', { className: 'label', x: '50%', y: 28, textAnchor: 'middle' }, title)
  return h('svg', { className: 'strip', width: '100%', height: 32, 'aria-hidden': true }, ...ticks, label)
}

type StripProps = { readonly group: Group; readonly axis: Axis; readonly references: References }

function GroupStrip({ group, axis, references }: StripProps) {
  const dots = dotsOf(group)
  const label = `${group.name}: ${dots.map(({ value }) => formatNumber(value)).join(', ')}`
  const upright = (className: string, value: number) =>
    h('line', { className, x1: percentAt(axis, value), x2: percentAt(axis, value), y1: 0, y2: height })
  return h(
    'svg',
    { className: 'strip', width: '100%', height, role: 'img', 'aria-label': label },
    ...axis.ticks.map((tick) => upright('grid', tick)),
    ...references.map(({ value }) => upright('reference', value)),
    h('line', { className: 'grid', x1: 0, x2: '100%', y1: height / 2, y2: height / 2 }),
    ...pile(dots, axis).map(({ dot: { name, value, tone }, level }) => {
      // A drawing of its own, since a path has no place in per cent.
      const place = {
        x: percentAt(axis, value),
        y: height / 2 - offset(level),
        width: 1,
        height: 1,
        overflow: 'visible',
      }
      const title = h('title', null, `${name}: ${formatNumber(value)}`)
      return h('svg', place, h('path', { className: `seed tone-${tone}`, d: seedShape(tone, radius) }, title))
    }),
  )
}

/** 0, 1, −1, 2, −2 … dots away from the middle, closer together if there are many. */
function offset(level: number): number {
  const side = level % 2 === 1 ? 1 : -1
  return Math.min(height / 2 - radius, Math.ceil(level / 2) * radius * 1.7) * side
}
