import type { ExperimentSummary } from '@goalpost/contracts'
import { isOpen } from '../design/is-open.ts'

/** What is done to experiments with a button, by the name of the client's method. */
export type Action = 'pause' | 'resume' | 'cancel' | 'retry' | 'archive' | 'unarchive'

/** In the order of their buttons. */
export const actionTitles: Readonly<Record<Action, string>> = {
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  retry: 'Retry failed tasks',
  archive: 'Archive',
  unarchive: 'Take out of the archive',
}

type Standing = Pick<ExperimentSummary, 'state' | 'pausedAt' | 'archivedAt'>

const possible: Readonly<Record<Action, (experiment: Standing) => boolean>> = {
  pause: (experiment) => isOpen(experiment) && experiment.pausedAt === null,
  resume: ({ pausedAt }) => pausedAt !== null,
  cancel: isOpen,
  retry: ({ state }) => state === 'failed' || state === 'cancelled',
  archive: (experiment) => !isOpen(experiment) && experiment.archivedAt === null,
  unarchive: ({ archivedAt }) => archivedAt !== null,
}

/** What can be done with each of the experiments. */
export function actionsFor(experiments: readonly Standing[]): Action[] {
  const actions = Object.keys(actionTitles) as Action[]
  return experiments.length === 0 ? [] : actions.filter((action) => experiments.every(possible[action]))
}
