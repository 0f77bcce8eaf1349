export { renderReportPage } from './page.ts'
export type { PageSubject } from './page-subject.ts'
export { seriesDocument } from './series-document.ts'
