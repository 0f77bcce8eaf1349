import { useSession } from '../session/session.ts'
import { LabelForm } from './label-form.tsx'
import { actionsFor, actionTitles } from './possible-actions.ts'
import { useBulkChange, type ChangeOne } from './use-bulk-change.ts'
import type { Choice } from './use-choice.ts'

/** Acts on all chosen rows; where some refuse, the others are changed nevertheless. */
export function BulkActions({ choice }: { readonly choice: Choice }) {
  const { mutation: change, progress } = useBulkChange(choice)
  const { chosen } = choice
  const refusals = change.data ?? []
  if (chosen.length === 0 && refusals.length === 0 && !change.isPending) return null
  return (
    <div className="bulk" role="group" aria-label="Chosen experiments">
      {change.isPending ? (
        <span role="status">
          {progress.finished} of {progress.all} done
        </span>
      ) : (
        chosen.length > 0 && <Changes choice={choice} onChange={change.mutate} />
      )}
      <Refusals refusals={refusals} />
    </div>
  )
}

type ChangesProps = { readonly choice: Choice; readonly onChange: (change: ChangeOne) => void }

function Changes({ choice: { chosen, clear }, onChange }: ChangesProps) {
  const { client } = useSession()
  return (
    <>
      <span>{chosen.length} chosen</span>
      {actionsFor(chosen).map((action) => (
        <button key={action} type="button" onClick={() => onChange(({ id }) => client[action](id))}>
          {actionTitles[action]}
        </button>
      ))}
      <LabelForm
        name="Label of the chosen experiments"
        isPending={false}
        onChange={(labels) => onChange(({ id }) => client.setLabels(id, labels))}
      />
      <button type="button" onClick={clear}>
        Choose none
      </button>
    </>
  )
}

function Refusals({ refusals }: { readonly refusals: readonly string[] }) {
  return refusals.map((refusal) => (
    <p key={refusal} role="alert" className="problem">
      {refusal}
    </p>
  ))
}
