export { type PageSubject, renderReportPage } from './page.ts'
export { seriesDocument } from './series-document.ts'
