/** Reports as files: whole documents and drawings, as strings. Loads React's server renderer. */
export { renderReportPage } from './page/page.ts'
export { renderPlainPage } from './page/plain-page.ts'
export type { PageSubject } from './page/page-subject.ts'
export { readPageSubject, type PageSource } from './subject/read-page-subject.ts'
export { seriesDocument } from './page/series-document.ts'
export { styleSheet as reportStyleSheet } from './style-sheet.ts'
