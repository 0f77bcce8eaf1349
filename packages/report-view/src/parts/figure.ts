import { createElement as h, type ReactNode } from 'react'
import { prose } from '../prose.ts'

/** A part's title, and the anchor of links to it. */
export type Heading = { readonly title: string; readonly anchor: string }
type Props = Heading & { readonly caption?: string | undefined; readonly children?: ReactNode }

/** A visual part of a report: title above, reading notes below. */
export function Figure({ title, anchor, caption = '', children }: Props) {
  return h(
    'figure',
    { id: anchor },
    h('h3', null, prose(title)),
    children,
    caption === '' ? null : h('figcaption', null, prose(caption)),
  )
}
