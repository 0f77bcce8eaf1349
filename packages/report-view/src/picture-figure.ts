import type { GalleryPart, Picture } from '@goalpost/contracts'
import { html, type Html } from './html.ts'
import { prose } from './prose.ts'

/** Pictures side by side, as many as fit. */
export function gallerySection({ title, caption, pictures }: GalleryPart, anchor: string): Html {
  return html`<section id="${anchor}">
    <h3>${prose(title)}</h3>
    ${caption === '' ? null : html`<p class="note">${prose(caption)}</p>`}
    ${pictures.length === 0 ? html`<p class="none">none</p>` : html`<div class="pictures">${pictures.map(galleryPicture)}</div>`}
  </section> `
}

export function pictureFigure(picture: Picture, anchor: string): Html {
  return html`<figure class="picture" id="${anchor}">
    <h3>${prose(picture.title)}</h3>
    ${pictureBody(picture)}
  </figure> `
}

function galleryPicture(picture: Picture): Html {
  return html`<figure class="picture">
    <h4>${prose(picture.title)}</h4>
    ${pictureBody(picture)}
  </figure> `
}

function pictureBody({ title, lines, svg, caption }: Picture): Html {
  return html`${svg === undefined ? html`<pre>${lines.join('\n')}</pre>` : svgImage(svg, title)}
  ${caption === '' ? null : html`<figcaption>${prose(caption)}</figcaption>`}`
}

/** As an image, not as part of the page: browsers run no scripts and load no files from an image's SVG. */
function svgImage(svg: string, title: string): Html {
  return html`<img alt="${title}" src="data:image/svg+xml,${encodeSvg(svg)}" />`
}

/** Escapes only characters that would end the address or the attribute: far shorter than base64. */
function encodeSvg(svg: string): string {
  return svg.replaceAll(/[%#<>"'&\n\r\t{}|\\^`]|[^\u0020-\u007e]/gu, (character) =>
    character === '\n' || character === '\r' || character === '\t'
      ? '%20'
      : encodeURIComponent(character).replaceAll("'", '%27'),
  )
}
