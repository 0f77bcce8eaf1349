import type { Plugin } from 'vite'
import { reportStyleSheet } from '@goalpost/report-view/static'

const name = './design/report.css'
const resolved = '\0report.css'

/** The style sheet of static reports as a file, since the dashboard allows no inline styles. */
export function reportStyles(): Plugin {
  return {
    name: 'goalpost-report-styles',
    resolveId: (id) => (id === name ? resolved : null),
    load: (id) => (id === resolved ? reportStyleSheet : null),
  }
}
