import { createElement as h, type ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { styleSheet } from '../style-sheet.ts'

const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

/** One self-contained HTML document: no scripts, fonts, images or network. */
export function renderDocument(title: string, ...body: readonly ReactNode[]): string {
  const head = h(
    'head',
    null,
    h('meta', { charSet: 'utf-8' }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('meta', { httpEquiv: 'Content-Security-Policy', content: policy }),
    h('title', null, title),
    // Our own text: escaped, its selectors and quotes would mean nothing.
    h('style', { dangerouslySetInnerHTML: { __html: styleSheet } }),
  )
  const markup = renderToStaticMarkup(h('html', { lang: 'en' }, head, h('body', null, ...body)))
  return `<!doctype html>\n${markup}\n`
}
