import { createElement as h, Fragment } from 'react'
import { SmallSeriesFigure } from '../parts/series-figure.ts'
import type { PageSection } from './page-section.ts'
import type { TrainingCurves } from './page-subject.ts'
import { trainingParts } from './training-parts.ts'

/** Losses, entropy and the other curves of training, folded; null if there are none. */
export function trainingSection(
  training: TrainingCurves | undefined,
  anchorOf: (title: string) => string,
): PageSection | null {
  const series = training === undefined ? [] : trainingParts(training.runs, training.unit)
  if (training === undefined || series.length === 0) return null
  const title = 'Training'
  const anchor = anchorOf(title)
  const placed = series.map((part) => ({ part, anchor: anchorOf(part.title) }))
  const plots = placed.map((each) => h(SmallSeriesFigure, each))
  const body = h(
    Fragment,
    null,
    h('p', { className: 'note' }, readingNote(training)),
    h(
      'details',
      null,
      h('summary', null, series.map((part) => part.title).join(', ')),
      h('div', { className: 'abreast' }, ...plots),
    ),
  )
  return { title, anchor, parts: placed, body }
}

function readingNote({ runs, leftOut }: TrainingCurves): string {
  const note = 'Mean over seeds per iteration, with the range from the lowest to the highest seed.'
  return leftOut === 0 ? note : `${note} Of ${runs.length} runs; ${leftOut} more are left out.`
}
