import { html, type Html } from './html.ts'
import { prose } from './prose.ts'

/** One part of a report that is looked at: what it is above, how to read it below. */
export function figure({ title, anchor }: Heading, body: Html, caption?: string): Html {
  return html`<figure id="${anchor}">
    <h3>${prose(title)}</h3>
    ${body} ${caption === undefined || caption === '' ? null : html`<figcaption>${prose(caption)}</figcaption>`}
  </figure> `
}

/** What a part is called, and where links to it lead. */
export type Heading = { readonly title: string; readonly anchor: string }
