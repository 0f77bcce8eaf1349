import { html, type Html } from './html.ts'
import { prose } from './prose.ts'

/** A visual part of a report: title above, reading notes below. */
export function figure({ title, anchor }: Heading, body: Html, caption?: string): Html {
  return html`<figure id="${anchor}">
    <h3>${prose(title)}</h3>
    ${body} ${caption === undefined || caption === '' ? null : html`<figcaption>${prose(caption)}</figcaption>`}
  </figure> `
}

/** A part's title, and the anchor of links to it. */
export type Heading = { readonly title: string; readonly anchor: string }
