import type { GalleryPart, Picture } from '@goalpost/contracts'
import { html, type Html } from './html.ts'

/** Pictures side by side, as many as there is room for. */
export function pictureRow(pictures: readonly Picture[]): Html {
  return html`<div class="pictures">${pictures.map(pictureFigure)}</div> `
}

export function gallerySection({ title, caption, pictures }: GalleryPart): Html {
  return html`<section>
    <h3>${title}</h3>
    ${caption === '' ? null : html`<p class="note">${caption}</p>`}
    ${pictures.length === 0 ? html`<p class="none">none</p>` : pictureRow(pictures)}
  </section> `
}

function pictureFigure({ title, lines, svg, caption }: Picture): Html {
  return html`<figure class="picture">
    <h4>${title}</h4>
    ${svg === undefined ? html`<pre>${lines.join('\n')}</pre>` : svgImage(svg, title)}
    ${caption === '' ? null : html`<figcaption>${caption}</figcaption>`}
  </figure> `
}

/** As an image, and not as part of the page: whatever stands in the SVG, no browser runs scripts or loads files from there. */
function svgImage(svg: string, title: string): Html {
  return html`<img alt="${title}" src="data:image/svg+xml,${encodeSvg(svg)}" />`
}

/** Only what would end the address or the attribute: far shorter than base64. */
function encodeSvg(svg: string): string {
  return svg.replaceAll(/[%#<>"'&\n\r\t{}|\\^`]|[^\u0020-\u007e]/gu, (character) =>
    character === '\n' || character === '\r' || character === '\t'
      ? '%20'
      : encodeURIComponent(character).replaceAll("'", '%27'),
  )
}
