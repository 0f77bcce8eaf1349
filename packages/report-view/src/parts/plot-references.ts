import { createElement as h, Fragment } from 'react'
import { abbreviate } from '../abbreviate.ts'
import { margin, type Frame } from './plot-frame.ts'
import type { Reference } from './plot.ts'

const labelGap = 12
/** Average width of a letter in a name beside its line. */
const letterWidth = 6

type Labelled = Reference & { readonly at: number; readonly label: number }
type Props = { readonly references: readonly Reference[]; readonly frame: Frame }

/** Each line in the colour of its curves; names that would overlap are moved apart. */
export function PlotReferences({ references, frame }: Props) {
  const lines = placeLabels(references, frame).map((reference) => h(ReferenceLine, { reference, frame }))
  return h(Fragment, null, ...lines)
}

function placeLabels(references: readonly Reference[], { top }: Frame): Labelled[] {
  const lines = references.map((reference) => ({ ...reference, at: top(reference.y) })).toSorted((a, b) => a.at - b.at)
  let last = -labelGap
  return lines.map((reference) => {
    last = Math.max(reference.at < margin.top + labelGap ? reference.at + labelGap : reference.at - 4, last + labelGap)
    return { ...reference, label: last }
  })
}

function ReferenceLine({ reference, frame: { width } }: { readonly reference: Labelled; readonly frame: Frame }) {
  const { name, at, label, colour } = reference
  const right = width - margin.right
  const classOf = (kind: string) => (colour === null ? kind : `${kind} c${colour}`)
  return h(
    Fragment,
    null,
    h('line', { className: classOf('reference'), x1: margin.left, x2: right, y1: at, y2: at }),
    h(
      'text',
      { className: classOf('tick'), x: right, y: label, textAnchor: 'end' },
      abbreviate(name, Math.floor((0.7 * width) / letterWidth)),
      h('title', null, name),
    ),
  )
}
