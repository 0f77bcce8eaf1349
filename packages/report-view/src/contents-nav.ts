import { html, type Html } from './html.ts'
import type { Section } from './page-sections.ts'
import { breakable } from './prose.ts'

/** A section of the page, with the parts that have anchors of their own. */
export type Linked = { readonly title: string; readonly anchor: string; readonly parts: Section['parts'] }

/** Lists the sections; figures and tables are folded. */
export function contentsNav(sections: readonly Linked[]): Html {
  const detailed = sections.filter(({ parts }) => parts.length > 1)
  return html`<nav aria-label="Contents">
    <ul class="contents">
      ${sections.map(({ title, anchor }) => html`<li><a href="#${anchor}">${title}</a></li>`)}
    </ul>
    ${
      detailed.length === 0
        ? null
        : html`<details>
            <summary>All figures and tables</summary>
            ${detailed.map(partLinks)}
          </details>`
    }
  </nav>`
}

function partLinks({ title, parts }: Linked): Html {
  return html`<p class="group">${title}</p>
    <ul>
      ${parts.map(({ part, anchor }) => html`<li><a href="#${anchor}">${breakable(part.title)}</a></li>`)}
    </ul>`
}
