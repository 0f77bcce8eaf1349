import { html, type Html } from './html.ts'

/** One part of a report that is looked at: what it is above, how to read it below. */
export function figure(title: string, body: Html, caption?: string): Html {
  return html`<figure>
    <h3>${title}</h3>
    ${body} ${caption === undefined || caption === '' ? null : html`<figcaption>${caption}</figcaption>`}
  </figure> `
}
