import type { VerdictPart } from '@goalpost/contracts'
import { createAnchors } from './anchors.ts'
import { answerTable, verdictsOf } from './answer-table.ts'
import { contentsNav } from './contents-nav.ts'
import { html, trusted, type Html } from './html.ts'
import { manifestSection } from './manifest-section.ts'
import { arrangeParts, type Section } from './page-sections.ts'
import type { PageSubject } from './page-subject.ts'
import { breakable, prose } from './prose.ts'
import { questionSection } from './question-section.ts'
import { renderPart } from './render-part.ts'
import { styleSheet } from './style-sheet.ts'
import { trainingSection } from './training-section.ts'
import { cardAxes } from './verdict-card.ts'

/**
 * A whole experiment as one self-contained HTML document: no scripts, fonts, images or network. The same subject gives
 * the same bytes.
 */
export function renderReportPage(subject: PageSubject): string {
  const title = subject.results.report?.title ?? subject.experiment.name
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <title>${title}</title>
        <style>
          ${trusted(styleSheet)}
        </style>
      </head>
      <body>
        ${pageHeader(subject, title)} ${pageBody(subject)}
      </body>
    </html> `.html
}

function pageHeader({ experiment, results }: PageSubject, title: string): Html {
  const { id, state, createdAt, resolved, runs } = experiment
  const done = runs.filter((run) => run.state === 'succeeded').length
  const status = results.status === 'final' ? 'final' : `partial: ${state}, ${done} of ${runs.length} runs done`
  return html`<header class="top">
    <p class="eyebrow">${resolved.protocol} · ${status}</p>
    <h1>${breakable(title)}</h1>
    <p class="eyebrow">
      <time datetime="${createdAt}">${createdAt.slice(0, 16).replace('T', ' ')} UTC</time> ·
      ${counted(resolved.conditions.length, 'condition')}, ${counted(resolved.seeds.length, 'seed')} each ·
      <code>${id}</code>
    </p>
  </header>`
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`

function pageBody(subject: PageSubject): Html {
  const { results, experiment } = subject
  const parts = results.report?.parts ?? []
  const anchorOf = createAnchors()
  const question = questionSection(experiment.resolved, subject.glossary, anchorOf)
  const sections = arrangeParts(parts, anchorOf)
  const training = trainingSection(subject.training, anchorOf)
  const manifest = manifestSection(subject, anchorOf)
  const axes = cardAxes(parts.filter((part): part is VerdictPart => part.type === 'verdict'))
  const links = [question, ...sections, training, manifest].filter((section) => section !== null)
  return html`${contentsNav(links)}
    <main>
      ${question?.body ?? null}
      ${sections.map((section) => pageSection(section, { axes, lead: section.title === 'The answer' ? answer(subject, sections) : null }))}
      ${training?.body ?? null} ${manifest.body}
    </main>`
}

type Around = { readonly axes: ReturnType<typeof cardAxes>; readonly lead: Html | null }

function pageSection({ title, anchor, layout, parts }: Section, { axes, lead }: Around): Html {
  return html`<section id="${anchor}">
    <h2>${title}</h2>
    ${lead}
    <div class="${layout}">${parts.map((placed) => renderPart(placed.part, { anchor: placed.anchor, axes }))}</div>
  </section> `
}

/** Verdicts as a table; in words only if there is no verdict, or the text is short. */
function answer({ results: { report } }: PageSubject, sections: readonly Section[]): Html {
  const judged = verdictsOf(sections.flatMap(({ parts }) => parts))
  const summary = report?.summary ?? 'There are no results yet.'
  return html`${judged.length === 0 ? html`<p class="summary">${prose(summary)}</p>` : null} ${answerTable(judged)}`
}
