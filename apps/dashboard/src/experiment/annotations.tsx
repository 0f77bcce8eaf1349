import type { Client } from '@goalpost/client'
import type { ExperimentView } from '@goalpost/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { LabelForm } from '../experiments/label-form.tsx'
import { useMay, useSession } from '../session/session.ts'
import { explainError } from '../shell/explain-error.ts'
import { LabelChips } from './label-chips.tsx'
import { NoteEditor } from './note-editor.tsx'
import './annotations.css'

type Change = (client: Client) => Promise<ExperimentView>

/** What people add to an experiment after its submission: labels and a note. */
export function Annotations({ experiment }: { readonly experiment: ExperimentView }) {
  const { client } = useSession()
  const queries = useQueryClient()
  const mayManage = useMay('manage')
  const { id, labels, note } = experiment
  const change = useMutation({
    mutationFn: (make: Change) => make(client),
    onSuccess: (view) => queries.setQueryData(['experiment', id], view),
    // What somebody else has written is then shown.
    onError: () => queries.invalidateQueries({ queryKey: ['experiment', id] }),
  })
  if (!mayManage && note === null && Object.keys(labels).length === 0) return null
  const relabel = (set: Record<string, string>, remove: string[]): void =>
    change.mutate((api) => api.setLabels(id, { set, remove }))
  return (
    <section className="annotations" aria-label="Labels and note">
      <div className="labels">
        <LabelChips labels={labels} onRemove={mayManage ? (key) => relabel({}, [key]) : null} />
        {mayManage && (
          <LabelForm
            name="Label of this experiment"
            isPending={change.isPending}
            onChange={({ set = {}, remove = [] }) => relabel(set, remove)}
          />
        )}
      </div>
      <NoteEditor
        note={note}
        isPending={change.isPending}
        onSave={
          mayManage
            ? (next, { previous, done }) => change.mutate((api) => api.setNote(id, next, previous), { onSuccess: done })
            : null
        }
      />
      {change.isError && (
        <p role="alert" className="problem">
          {explainError(change.error)}
        </p>
      )}
    </section>
  )
}
