import type { Live } from '../live/use-connection.ts'
import { useLiveWorkspace } from '../live/use-live-workspace.ts'

const events = ['gate-run.*', 'model-version.*', 'model-alias.*']
const names = ['models', 'model', 'versions', 'alias-moves', 'gates', 'gate', 'gate-runs', 'onset', 'bisections']

/** Keeps models, gates and their runs up to date. Events say that a run has started or ended, not how far it is. */
export function useLiveGates(): Live {
  return useLiveWorkspace(events, names)
}
