import type { Report } from '@goalpost/contracts'
import { AnswerLead, answerPart, arrangeReport, type ShownSection } from '@goalpost/report-view'
import { Fragment, useMemo, type ReactNode } from 'react'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { ReportContents, type PagePlace } from './report-contents.tsx'
import { ReportPanel } from './report-panel.tsx'
import { TableActions } from './table-actions.tsx'

type Props = {
  readonly report: Report | null
  readonly status: 'final' | 'partial'
  /** What a page adds after a section, by its title; after the answer if the report has no such section. */
  readonly after?: Readonly<Partial<Record<ShownSection['title'], ReactNode>>>
  /** What the page has below the report, for its list of contents; without it, there is no such list. */
  readonly below?: readonly PagePlace[]
}

/** A report, section by section. */
export function ReportMarkup({ report, status, after = {}, below }: Props) {
  const results = useMemo(() => ({ report, status }), [report, status])
  const { sections, axes } = useMemo(() => arrangeReport(results), [results])
  const answer = useMemo(() => answerPart(sections), [sections])
  const addedElsewhere = addedTitles(after).filter((title) => sections.every((section) => section.title !== title))
  return (
    <div className="report">
      {below !== undefined && <ReportContents places={[...sections, ...below]} />}
      {status === 'partial' && report !== null && (
        <p className="note">From the runs that have ended so far; the numbers will change.</p>
      )}
      {sections.map(({ title, anchor, layout, parts }) => (
        <section key={anchor} id={anchor}>
          <h2>{title}</h2>
          {title === 'The answer' && (
            <PanelBoundary>
              <AnswerLead results={results} sections={sections} />
              {answer !== null && <TableActions part={answer} />}
            </PanelBoundary>
          )}
          <div className={layout}>
            {parts.map((placed) => (
              <PanelBoundary key={placed.anchor}>
                <ReportPanel {...placed} axes={axes} />
              </PanelBoundary>
            ))}
          </div>
          {after[title]}
          {title === 'The answer' && addedElsewhere.map((absent) => <Fragment key={absent}>{after[absent]}</Fragment>)}
        </section>
      ))}
    </div>
  )
}

const addedTitles = (after: NonNullable<Props['after']>) => Object.keys(after) as ShownSection['title'][]
