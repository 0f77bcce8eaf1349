import type { GalleryPart, Picture } from '@goalpost/contracts'
import { createElement as h, Fragment } from 'react'
import { prose } from '../prose.ts'

type GalleryProps = { readonly part: GalleryPart; readonly anchor: string }
type PictureProps = { readonly picture: Picture; readonly anchor: string }

/** Pictures side by side, as many as fit. */
export function GallerySection({ part: { title, caption, pictures }, anchor }: GalleryProps) {
  const shown = pictures.map((picture) =>
    h('figure', { className: 'picture' }, h('h4', null, prose(picture.title)), h(PictureBody, { picture })),
  )
  return h(
    'section',
    { id: anchor },
    h('h3', null, prose(title)),
    caption !== '' && h('p', { className: 'note' }, prose(caption)),
    shown.length === 0 ? h('p', { className: 'none' }, 'none') : h('div', { className: 'pictures' }, ...shown),
  )
}

export function PictureFigure({ picture, anchor }: PictureProps) {
  return h(
    'figure',
    { className: 'picture', id: anchor },
    h('h3', null, prose(picture.title)),
    h(PictureBody, { picture }),
  )
}

function PictureBody({ picture: { title, lines, svg, movingSvg, caption } }: { readonly picture: Picture }) {
  return h(
    Fragment,
    null,
    svg === undefined ? h('pre', null, lines.join('\n')) : h(SvgImage, { svg, title }),
    movingSvg !== undefined && h(MovingImage, { svg: movingSvg, title }),
    caption !== '' && h('figcaption', null, prose(caption)),
  )
}

/** Moves only while it is open, so that readers decide when something moves. */
function MovingImage({ svg, title }: { readonly svg: string; readonly title: string }) {
  return h(
    'details',
    { className: 'moving' },
    h('summary', null, 'Watch it move'),
    h(SvgImage, { svg, title: `${title}, step by step` }),
  )
}

/** As an image, not as part of the page: browsers run no scripts and load no files from an image's SVG. */
function SvgImage({ svg, title }: { readonly svg: string; readonly title: string }) {
  return h('img', { alt: title, src: `data:image/svg+xml,${encodeSvg(svg)}` })
}

/** Escapes only characters that would end the address or the attribute: far shorter than base64. */
function encodeSvg(svg: string): string {
  return svg.replaceAll(/[%#<>"'&\n\r\t{}|\\^`]|[^\u0020-\u007e]/gu, (character) =>
    character === '\n' || character === '\r' || character === '\t'
      ? '%20'
      : encodeURIComponent(character).replaceAll("'", '%27'),
  )
}
