import { plotStyle } from './parts/plot-style.ts'

/** For the whole page, in light, dark and print. */
export const styleSheet = `
${plotStyle}* { box-sizing: border-box; }
body {
  overflow-wrap: break-word;
  margin: 0 auto; padding: 3rem 1.5rem 4rem; max-width: 72rem; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
}
h1 { font-size: 2rem; line-height: 1.2; margin: .2rem 0 .6rem; letter-spacing: -.015em; }
h2 { font-size: 1.35rem; margin: 3rem 0 .8rem; }
h3 { font-size: 1.05rem; line-height: 1.35; margin: 0 0 .6rem; }
h4 { font-size: .85rem; line-height: 1.35; margin: 0 0 .5rem; font-weight: 600; }
p { margin: 0 0 .6rem; max-width: 46rem; }
small { font-size: .82em; color: var(--soft); font-weight: 400; }
.eyebrow { color: var(--soft); font-size: .85rem; margin: 0; }
.summary { font-size: 1.12rem; }
td.none > span { display: inline-block; width: max-content; max-width: 14rem; }
.note, figcaption, .none { color: var(--soft); font-size: .85rem; max-width: 46rem; }
.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
.number .caution { display: block; white-space: normal; color: var(--warning); }
h2 { border-top: 1px solid var(--rule); padding-top: 1.2rem; }
a { color: var(--link); } a:not(:hover) { text-decoration-color: var(--rule); }
code { font: .92em ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
abbr { text-decoration: underline dotted; cursor: help; }
:target { scroll-margin-top: 1rem; outline: 2px solid var(--rule); outline-offset: .6rem; border-radius: 2px; }
nav { margin-top: 1.4rem; font-size: .92rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav .contents { display: flex; flex-wrap: wrap; gap: .2rem 1.3rem; }
nav details ul { columns: 20rem; column-gap: 2rem; font-size: .85rem; } nav li { break-inside: avoid; overflow-wrap: anywhere; }
.group { margin: .8rem 0 .25rem; font-size: .82rem; color: var(--soft); }
.rows > *, .pairs > *, .abreast > * { min-width: 0; break-inside: avoid; }
.rows > * { margin-top: 2rem; }
.pairs { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(30rem, 100%), 1fr)); gap: 2rem 2.4rem; }
.abreast { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(17rem, 100%), 1fr)); gap: 2rem; }
figure { margin: 0; }
figcaption { margin-top: .5rem; overflow-wrap: anywhere; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: 1rem; }
.card { background: var(--raised); border-radius: 8px; border-top: 3px solid var(--tone, var(--neutral)); padding: 1rem 1.2rem; break-inside: avoid; font-size: .92rem; min-width: 0; }
.card h3 { margin: 0; overflow-wrap: anywhere; } .card .tally { font-size: .85rem; color: var(--soft); margin: .9rem 0 0; }
.card .note { margin: .6rem 0 0; } .card .caution { color: var(--warning); font-size: .82rem; margin: .6rem 0 0; } sup { line-height: 0; } .card .sentence { font-weight: 500; }
.verdict { color: var(--tone, var(--neutral)); font-weight: 650; margin: 0 0 .4rem; }
.tone-good { --tone: var(--good); } .tone-bad { --tone: var(--bad); } .tone-warning { --tone: var(--warning); } .tone-neutral { --tone: var(--neutral); }
td.tone-good, td.tone-bad, td.tone-warning { color: var(--tone); }
table { border-collapse: collapse; font-size: .88rem; }
th, td { text-align: left; padding: .32rem .9rem .32rem 0; vertical-align: baseline; }
th { font-weight: 600; }
th.number, td.number { text-align: right; }
.wide table:not(.answer) { min-width: 40rem; }
section thead th { border-bottom: 1px solid var(--soft); vertical-align: bottom; }
section tbody td { border-bottom: 1px solid var(--rule); color: var(--soft); }
section tbody th { border-bottom: 1px solid var(--rule); }
section tr.emphasis td, .answer tbody td { color: var(--ink); } section .answer tbody td.verdict, .answer .verdict { color: var(--tone); }
.answer { width: 100%; font-size: .95rem; } .answer th[scope=row] { overflow-wrap: break-word; min-width: 5rem; max-width: 22rem; }
.answer thead th.number { white-space: normal; max-width: 10rem; } .answer tbody td:nth-child(2) { min-width: 15rem; }
.answer th, .answer td { vertical-align: top; } .answer td.number small { display: block; } .answer tbody td, .answer tbody th { padding-top: .5rem; }
section td:first-child { overflow-wrap: anywhere; min-width: 7rem; max-width: 20rem; }
.wide { overflow-x: auto; margin-bottom: .6rem; }
dl.numbers { display: block; margin: 0; font-size: .88rem; }
.numbers > div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 .8rem; }
.numbers .missing { color: var(--soft); font-size: .82rem; flex-basis: 100%; } .numbers dd { margin-left: auto; } .numbers dd.on-axis { flex-basis: 100%; margin: .1rem 0 .75rem; }
.strip { display: block; overflow: visible; }
.strip .span { stroke: var(--tone, var(--neutral)); stroke-width: 2; opacity: .55; } .strip circle:not(.seed) { fill: var(--tone, var(--neutral)); }
.strip .mark, .marks .mark { fill: var(--soft); } .strip .mark.open, .marks .mark.open { fill: var(--raised); stroke: var(--soft); stroke-width: 1.4; }
.threshold { stroke: var(--ink); stroke-dasharray: 3 2; opacity: .6; }
.line { display: inline-block; height: .8em; border-left: 1px dashed var(--ink); opacity: .7; vertical-align: -1px; }
.strips { display: grid; grid-template-columns: fit-content(18rem) minmax(0, 1fr); column-gap: 1rem; align-items: center; max-width: 54rem; }
.strips > .strip { grid-column: 2; } .strips .name { grid-column: 1; font-size: .88rem; text-align: right; overflow-wrap: anywhere; }
.heatmap { display: block; max-width: 100%; height: auto; }
.seed { fill: var(--tone, var(--neutral)); fill-opacity: .8; stroke: var(--paper); } .seed.tone-neutral { fill: var(--paper); stroke: var(--tone); stroke-width: 1.6; }
.heat { fill: var(--heat); }
.empty { fill: none; stroke: var(--rule); stroke-dasharray: 2 2; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.4rem; margin: .5rem 0 0; padding: 0; font-size: .85rem; }
.legend.marks { gap: .1rem .9rem; margin: .6rem 0 0; font-size: .82rem; color: var(--soft); }
.legend svg { width: 28px; height: 10px; vertical-align: middle; margin-right: .3rem; }
.legend.marks svg { width: 12px; height: 10px; margin: 0; }
.scale { font-size: .85rem; color: var(--soft); margin: .3rem 0 0; }
.ramp { display: inline-flex; vertical-align: -2px; margin: 0 .3rem; } .ramp i { width: 22px; height: 12px; background: var(--heat); }
.ramp-0 { opacity: .06; } .ramp-25 { opacity: .3; } .ramp-50 { opacity: .53; } .ramp-75 { opacity: .77; }
.hatched { display: inline-block; width: 11px; height: 11px; border: 1px dashed var(--soft); margin-left: .8rem; vertical-align: -1px; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(15.5rem, 1fr)); gap: 1.4rem; margin-top: 1rem; }
.picture { break-inside: avoid; } .picture img { display: block; width: 100%; max-width: 20rem; height: auto; border-radius: 4px; }
.picture .moving summary { padding-top: .4rem; }
.picture pre { line-height: 1.15; }
pre { font: 12px/1.45 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; margin: 0; overflow-x: auto; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; font-size: .88rem; margin: .4rem 0 1rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
summary { cursor: pointer; color: var(--soft); font-size: .88rem; padding: .2rem 0; }
details pre { background: var(--raised); border-radius: 6px; padding: .8rem 1rem; margin: .3rem 0 .8rem; max-height: 32rem; overflow: auto; }
.on-narrow { display: none; }
@media (max-width: 34rem) {
  body { padding: 1.5rem 1rem 3rem; }
  h1 { font-size: 1.6rem; }
  dl:not(.numbers) { grid-template-columns: 1fr; } dl:not(.numbers) dd { margin-bottom: .4rem; }
  .answer, .answer tbody, .answer tr, .answer th, .answer td { display: block; } .answer thead { display: none; }
  .answer tr { border-bottom: 1px solid var(--rule); padding: .4rem 0; }
  .answer tbody th[scope=row], .answer tbody td { border: 0; padding: .1rem 0; max-width: none; }
  .answer td.number { text-align: left; white-space: normal; } .answer td:empty { display: none; } .answer td.number small { display: inline; }
  .answer td[data-label]::before { content: attr(data-label) ": "; color: var(--soft); }
  .on-wide { display: none; } .on-narrow { display: block; }
  .strips { grid-template-columns: minmax(0, 1fr); } .strips > .strip, .strips .name { grid-column: 1; text-align: left; }
}
@media print {
  :root { color-scheme: only light; }
  body { padding: 0; max-width: none; font-size: 10.5pt; }
  .card { border: 1px solid var(--rule); border-top: 3px solid var(--tone); }
  * { print-color-adjust: exact; }
}
`
