import type { VerdictPart } from '@goalpost/contracts'
import { createElement as h } from 'react'

type CardNumber = VerdictPart['numbers'][number]
export type NumberReference = NonNullable<CardNumber['references']>[number]

/** The names of all references that a card's numbers are read against, in the order of their marks. */
export function referenceNamesOf({ numbers }: VerdictPart): readonly string[] {
  return [...new Set(numbers.flatMap(({ references = [] }) => references.map(({ name }) => name)))]
}

/** Half the width of a mark. */
const half = 3.5
/** Pointing at the strip's middle from above; filled or open, then again with a bar. */
const outlines = [`M${-half} 0H${half}L0 6Z`, `M${-half + 0.5} 0.5H${half - 0.5}V5.5H${-half + 0.5}Z`]

/**
 * The mark of the reference with that index: a filled triangle or an open square, by turns at the top of the strip and at
 * its bottom, so that two at one place can both be seen.
 */
export function ReferenceMark({ index, height }: { readonly index: number; readonly height: number }) {
  const shape = Math.floor(index / 2) % outlines.length
  const turned = index % 2 === 1 ? { transform: `translate(0 ${height}) scale(1 -1)` } : {}
  return h('path', { className: shape === 0 ? 'mark' : 'mark open', d: outlines[shape], ...turned })
}

/** What the marks on a card's strips mean. */
export function ReferenceLegend({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return null
  const entries = names.map((name, index) => {
    const sample = h('svg', { viewBox: '-5 -1 10 8', 'aria-hidden': true }, h(ReferenceMark, { index, height: 6 }))
    return h('li', null, sample, ' ', name)
  })
  return h('ul', { className: 'legend marks' }, ...entries)
}
