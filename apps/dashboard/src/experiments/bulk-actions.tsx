import { useSession } from '../session/session.ts'
import { LabelForm } from './label-form.tsx'
import { actionsFor, actionTitles } from './possible-actions.ts'
import { useBulkChange } from './use-bulk-change.ts'
import type { Choice } from './use-choice.ts'

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
              {actionTitles[action]}
            </button>
          ))}
          <LabelForm
            name="Label of the chosen experiments"
            isPending={change.isPending}
            onChange={(labels) => change.mutate(({ id }) => client.setLabels(id, labels))}
          />
          <button type="button" onClick={() => choice.clear()}>
            Choose none
          </button>
        </>
      )}
      <Refusals refusals={refusals} />
    </div>
  )
}

function Refusals({ refusals }: { readonly refusals: readonly string[] }) {
  return refusals.map((refusal) => (
    <p key={refusal} role="alert" className="problem">
      {refusal}
    </p>
  ))
}
