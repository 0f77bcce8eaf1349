import type { ExperimentSummary } from '@goalpost/contracts'
import { useSession } from '../session/session.ts'
import { BulkLabel } from './bulk-label.tsx'
import { useBulkChange } from './use-bulk-change.ts'
import type { Choice } from './use-choice.ts'

type Action = 'cancel' | 'retry' | 'archive' | 'unarchive'

const titles: Readonly<Record<Action, string>> = {
  cancel: 'Cancel',
  retry: 'Retry failed tasks',
  archive: 'Archive',
  unarchive: 'Take out of the archive',
}

/** What can be done with each of the chosen experiments. */
export function actionsFor(chosen: readonly ExperimentSummary[]): Action[] {
  const isOpen = ({ state }: ExperimentSummary): boolean => state === 'running' || state === 'waiting'
  const possible: Readonly<Record<Action, (experiment: ExperimentSummary) => boolean>> = {
    cancel: isOpen,
    retry: ({ state }) => state === 'failed' || state === 'cancelled',
    archive: (experiment) => !isOpen(experiment) && experiment.archivedAt === null,
    unarchive: ({ archivedAt }) => archivedAt !== null,
  }
  const actions: Action[] = ['cancel', 'retry', 'archive', 'unarchive']
  return chosen.length === 0 ? [] : actions.filter((action) => chosen.every(possible[action]))
}

/** Acts on all chosen rows; where some refuse, the others are changed nevertheless. */
export function BulkActions({ choice }: { readonly choice: Choice }) {
  const { client } = useSession()
  const change = useBulkChange(choice)
  const { chosen } = choice
  const refusals = change.data ?? []
  if (chosen.length === 0 && refusals.length === 0) return null
  return (
    <div className="bulk" role="group" aria-label="Chosen experiments">
      {chosen.length > 0 && (
        <>
          <span>{chosen.length} chosen</span>
          {actionsFor(chosen).map((action) => (
            <button
              key={action}
              type="button"
              disabled={change.isPending}
              onClick={() => change.mutate(({ id }) => client[action](id))}
            >
              {titles[action]}
            </button>
          ))}
          <BulkLabel
            isPending={change.isPending}
            onChange={(labels) => change.mutate(({ id }) => client.setLabels(id, labels))}
          />
          <button type="button" onClick={() => choice.clear()}>
            Choose none
          </button>
        </>
      )}
      {refusals.map((refusal) => (
        <p key={refusal} role="alert" className="problem">
          {refusal}
        </p>
      ))}
    </div>
  )
}
