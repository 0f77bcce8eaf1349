import { createElement as h } from 'react'
import { createAnchors } from '../anchors.ts'
import { arrangeReport } from '../arrange-report.ts'
import { breakable } from '../prose.ts'
import { ContentsNav } from './contents-nav.ts'
import { renderDocument } from './document.ts'
import { manifestSection } from './manifest-section.ts'
import { reportSections, SectionView, type PageSection } from './page-section.ts'
import type { PageSubject } from './page-subject.ts'
import { failureSentence, taskFailures } from '../task-failures.ts'
import { questionSection } from './question-section.ts'
import { trainingSection } from './training-section.ts'

/**
 * A whole experiment as one self-contained HTML document: no scripts, fonts, images or network. The same subject gives
 * the same bytes.
 */
export function renderReportPage(subject: PageSubject): string {
  const title = subject.results.report?.title ?? subject.experiment.name
  const sections = sectionsOf(subject)
  const views = sections.map((section) => h(SectionView, { section }))
  return renderDocument(
    title,
    h(PageHeader, { subject, title }),
    h(ContentsNav, { sections }),
    h('main', null, ...views),
  )
}

/** The anchors are given out in the order of the page. */
function sectionsOf(subject: PageSubject): PageSection[] {
  const { results, experiment } = subject
  const anchorOf = createAnchors()
  const question = questionSection(experiment.resolved, subject.glossary, anchorOf)
  const evidence = reportSections(results, arrangeReport(results, anchorOf))
  const training = trainingSection(subject.training, anchorOf)
  const manifest = manifestSection(subject, anchorOf)
  return [question, ...evidence, training, manifest].filter((section) => section !== null)
}

function PageHeader({ subject, title }: { readonly subject: PageSubject; readonly title: string }) {
  const { id, state, createdAt, resolved, runs } = subject.experiment
  const done = runs.filter((run) => run.state === 'succeeded').length
  const status = subject.results.status === 'final' ? 'final' : `partial: ${state}, ${done} of ${runs.length} runs done`
  const size = `${counted(resolved.conditions.length, 'condition')}, ${counted(resolved.seeds.length, 'seed')} each`
  return h(
    'header',
    { className: 'top' },
    h('p', { className: 'eyebrow' }, `${resolved.protocol} · ${status}`),
    h('h1', null, breakable(title)),
    h(
      'p',
      { className: 'eyebrow' },
      h('time', { dateTime: createdAt }, `${createdAt.slice(0, 16).replace('T', ' ')} UTC`),
      ` · ${size} · `,
      h('code', null, id),
    ),
    ...failureLines(subject.experiment),
  )
}

/** Without them, a report of failed runs only says that nothing has been evaluated. */
function failureLines({ runs, sharedTasks = [] }: PageSubject['experiment']) {
  const failures = taskFailures({ runs, sharedTasks }).slice(0, mostFailures)
  return failures.map((failure) => h('p', { className: 'caution' }, breakable(failureSentence(failure))))
}

const mostFailures = 5

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`
