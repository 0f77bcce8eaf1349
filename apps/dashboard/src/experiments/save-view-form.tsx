import { filterName, type SavedFilter } from '@goalpost/contracts'
import { useState, type FormEvent } from 'react'
import { ConfirmButton } from '../design/confirm-button.tsx'
import { savedBy } from './saved-view.ts'
import { useMayChangeView } from './use-may-change-view.ts'

type Props = {
  readonly views: readonly SavedFilter[]
  readonly isPending: boolean
  readonly onSave: (name: string) => void
}

/** Gives the filter a name; asks before it replaces the view that has it. */
export function SaveViewForm({ views, isPending, onSave }: Props) {
  const [text, setText] = useState('')
  const mayChange = useMayChangeView()
  const name = text.trim()
  const isValid = filterName.safeParse(name).success
  const existing = views.find((view) => view.name === name)
  const save = (event: FormEvent): void => {
    event.preventDefault()
    if (isValid && existing === undefined) onSave(name)
  }
  return (
    <form className="label-form" onSubmit={save}>
      <input
        aria-label="Name of this view"
        placeholder="name of this view"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      {existing === undefined ? (
        <button type="submit" disabled={isPending || !isValid}>
          Save the view
        </button>
      ) : mayChange(existing) ? (
        <ConfirmButton
          action="Replace"
          subject={`the view ${name}`}
          isPending={isPending}
          onConfirm={() => onSave(name)}
        >
          <p>{savedBy(existing)} Everybody in the workspace then has the present filters under this name.</p>
        </ConfirmButton>
      ) : (
        <span className="note">There is a view of this name. {savedBy(existing)}</span>
      )}
    </form>
  )
}
