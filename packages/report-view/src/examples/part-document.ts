import { reportPart, type ReportPart } from '@goalpost/contracts'
import { createElement as h } from 'react'
import { renderDocument } from '../page/document.ts'
import { cardAxes } from '../parts/card-axes.ts'
import { PartView } from '../parts/part-view.ts'

/** One part alone on a page, as tests pin it. */
export function partDocument(name: string, given: ReportPart): string {
  const part = reportPart.parse(given)
  const axes = cardAxes(part.type === 'verdict' ? [part] : [])
  // As in a report, where parts stand below the title of a section.
  const section = h('section', null, h('h2', null, 'A section'), h(PartView, { part, anchor: name, axes }))
  const main = h('main', null, h('h1', null, name), section)
  return renderDocument(name, main)
}

export { exampleParts } from './example-parts.ts'
