import { createElement as h, Fragment } from 'react'
import { breakable } from '../prose.ts'
import type { PageSection } from './page-section.ts'

/** Lists the sections; figures and tables are folded. */
export function ContentsNav({ sections }: { readonly sections: readonly PageSection[] }) {
  const detailed = sections.filter(({ parts }) => parts.length > 1)
  const links = sections.map(({ title, anchor }) => h('li', null, h('a', { href: `#${anchor}` }, title)))
  return h(
    'nav',
    { 'aria-label': 'Contents' },
    h('ul', { className: 'contents' }, ...links),
    detailed.length > 0 &&
      h(
        'details',
        null,
        h('summary', null, 'All figures and tables'),
        ...detailed.map((section) => h(PartLinks, { section })),
      ),
  )
}

function PartLinks({ section: { title, parts } }: { readonly section: PageSection }) {
  const links = parts.map(({ part, anchor }) => h('li', null, h('a', { href: `#${anchor}` }, breakable(part.title))))
  return h(Fragment, null, h('p', { className: 'group' }, title), h('ul', null, ...links))
}
