import { logo } from './logo.ts'

/** The API's pages in the dashboard's look: its colours (packages/report-view), header and type. */
export const docsStyle = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#ffffff, #14181d); --raised: light-dark(#f7f8fa, #1b2127); --ink: light-dark(#1a2129, #e4e8ec);
  --soft: light-dark(#5b6672, #98a3ae); --rule: light-dark(#e1e5ea, #2d353d); --link: light-dark(#0b5f8a, #6cc3f0);
  --good: light-dark(#0b7a5c, #35c09a); --bad: light-dark(#c2410c, #fb8a56); --warning: light-dark(#94690a, #e0b04a);
}
html, html.dark-mode, body { background: var(--paper); color: var(--ink); }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1.5rem; padding: .6rem 1.5rem;
  border-bottom: 1px solid var(--rule); }
.bar a { color: var(--link); text-decoration: none; }
.bar a:hover { text-decoration: underline; }
.bar .brand { display: inline-flex; align-items: center; gap: .5rem; color: var(--ink); font-weight: 650; }
.swagger-ui, .swagger-ui .opblock-tag, .swagger-ui .info .title, .swagger-ui .btn, .swagger-ui label, .swagger-ui table thead tr td,
.swagger-ui table thead tr th, .swagger-ui .opblock .opblock-section-header h4, .swagger-ui .parameter__name,
.swagger-ui .response-col_status, .swagger-ui .info p, .swagger-ui .opblock .opblock-summary-description { font-family: inherit; }
.swagger-ui .wrapper { max-width: 76rem; padding: 0 1.5rem; }
.swagger-ui .info { margin: 1.5rem 0; }
.swagger-ui .info .title { font-size: 1.7rem; font-weight: 650; color: var(--ink); }
.swagger-ui .info .title small { background: none; padding: 0; margin-left: .6rem; top: 0; }
.swagger-ui .info .title small pre { color: var(--soft); font: inherit; font-size: .9rem; font-weight: 400; }
.swagger-ui .scheme-container { background: none; box-shadow: none; padding: 0 0 1rem; }
.swagger-ui .opblock-tag { border-bottom: 1px solid var(--rule); font-size: 1.15rem; font-weight: 650; color: var(--ink); }
.swagger-ui .opblock-tag small { color: var(--soft); font-size: .9rem; }
.swagger-ui .opblock { border: 1px solid var(--rule); border-radius: 6px; box-shadow: none; background: var(--paper); margin: 0 0 .5rem; }
.swagger-ui .opblock .opblock-summary { border-color: var(--rule); }
.swagger-ui .opblock .opblock-summary-method { background: none; color: var(--soft); border: 1px solid currentColor;
  border-radius: 4px; font: 600 .78rem/1.4 ui-monospace, monospace; min-width: 4.4rem; padding: .2rem 0; text-shadow: none; }
.swagger-ui .opblock.opblock-get .opblock-summary-method { color: var(--link); }
.swagger-ui .opblock.opblock-post .opblock-summary-method { color: var(--good); }
.swagger-ui .opblock.opblock-put .opblock-summary-method { color: var(--warning); }
.swagger-ui .opblock.opblock-delete .opblock-summary-method { color: var(--bad); }
.swagger-ui .opblock .opblock-summary-path { color: var(--ink); font-size: .95rem; font-weight: 600; }
.swagger-ui .opblock .opblock-summary-description { color: var(--soft); }
.swagger-ui .opblock .opblock-section-header { background: var(--raised); box-shadow: none; }
.swagger-ui .btn { box-shadow: none; border-radius: 6px; }
.swagger-ui .btn.authorize { border-color: var(--link); color: var(--link); }
.swagger-ui .btn.authorize svg { fill: var(--link); }
.swagger-ui .btn.execute { background: #0b5f8a; border-color: #0b5f8a; color: #ffffff; }
.swagger-ui section.models { border-color: var(--rule); border-radius: 6px; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
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
