import { logo } from './logo.ts'

/**
 * The API's pages in the dashboard's look: its colours (packages/report-view), header and type. Names are repeated so that
 * the rules come before those of Swagger UI, in both colour schemes.
 */
export const docsStyle = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#ffffff, #14181d); --raised: light-dark(#f7f8fa, #1b2127); --ink: light-dark(#1a2129, #e4e8ec);
  --soft: light-dark(#5b6672, #98a3ae); --rule: light-dark(#e1e5ea, #2d353d); --link: light-dark(#0b5f8a, #6cc3f0);
  --good: light-dark(#0b7a5c, #35c09a); --bad: light-dark(#c2410c, #fb8a56); --warning: light-dark(#94690a, #e0b04a);
}
.dark-mode.dark-mode, .dark-mode.dark-mode body, html, body { background: var(--paper); color: var(--ink); }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1.5rem; padding: .6rem 1.5rem;
  border-bottom: 1px solid var(--rule); }
.bar a { color: var(--link); text-decoration: none; }
.bar a:hover { text-decoration: underline; }
.bar .brand { display: inline-flex; align-items: center; gap: .5rem; color: var(--ink); font-weight: 650; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
html[lang] .swagger-ui.swagger-ui.swagger-ui {
  &, .opblock-tag, .opblock-tag small, .info .title, .info p, .info .link, .info .url, .btn, label, table thead tr td,
  table thead tr th, .opblock-section-header h4, .opblock-summary-description, .parameter__name,
  .response-col_status { font-family: inherit; }
  & { background: none; }
  .wrapper { max-width: 76rem; padding: 0 1.5rem; }
  .info { margin: 1.5rem 0; }
  .info .title { font-size: 1.7rem; font-weight: 650; color: var(--ink); }
  .info .title small[class], .info .title small { background: none; padding: 0; margin-left: .6rem; top: 0; }
  .info .title small pre { color: var(--soft); font: inherit; font-size: .9rem; font-weight: 400; padding: 0; }
  .info .link, .info .url { color: var(--link); }
  .scheme-container { background: none; box-shadow: none; padding: 0 0 1rem; }
  .opblock-tag { border-bottom: 1px solid var(--rule); font-size: 1.15rem; font-weight: 650; color: var(--ink); }
  .opblock-tag small { color: var(--soft); font-size: .9rem; }
  .opblock[class] { border: 1px solid var(--rule); border-radius: 6px; box-shadow: none; background: var(--paper);
    margin: 0 0 .5rem; }
  .opblock[class] .opblock-summary { border-color: var(--rule); }
  .opblock[class] .opblock-summary-method { background: none; border: 1px solid currentColor; border-radius: 4px;
    font: 600 .78rem/1.4 ui-monospace, monospace; min-width: 4.4rem; padding: .2rem 0; text-shadow: none; }
  .opblock-get .opblock-summary-method[class] { color: var(--link); }
  .opblock-post .opblock-summary-method[class] { color: var(--good); }
  .opblock-put .opblock-summary-method[class] { color: var(--warning); }
  .opblock-delete .opblock-summary-method[class] { color: var(--bad); }
  .opblock[class] .tab-header .tab-item.active h4 span::after { background: var(--link); }
  .opblock .opblock-summary-path { color: var(--ink); font-size: .95rem; font-weight: 600; }
  .opblock .opblock-summary-description { color: var(--soft); }
  .opblock .opblock-section-header { background: var(--raised); box-shadow: none; }
  .btn { box-shadow: none; border-radius: 6px; }
  .btn.authorize { border: 1px solid var(--link); color: var(--link); background: none; }
  .btn.authorize svg { fill: var(--link); }
  .btn.execute { background: #0b5f8a; border-color: #0b5f8a; color: #ffffff; }
  section.models { border-color: var(--rule); border-radius: 6px; }
}
`

const mark = `data:image/svg+xml;base64,${logo.toString('base64')}`

/** The dashboard's header, and the colour scheme of the system. Addresses are relative, for gateways with a sub-path. */
export const docsScript = `
const header = document.createElement('header')
header.className = 'bar'
const link = (href, text) => Object.assign(document.createElement('a'), { href, textContent: text })
const brand = link('../', '')
brand.className = 'brand'
brand.append(Object.assign(new Image(22, 22), { src: '${mark}', alt: '' }), 'Goalpost')
header.append(brand, link('../experiments', 'Experiments'), link('../openapi.json', 'openapi.json'))
document.body.prepend(header)
const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
dark.addEventListener('change', follow)
follow()
`
