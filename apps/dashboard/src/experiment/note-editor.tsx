import { noteChange } from '@goalpost/contracts'
import { useState, type FormEvent } from 'react'

type Saving = {
  /** The note that the writer has seen. */
  readonly previous: string | null
  /** To be called when it is stored. */
  done(): void
}

type Props = {
  readonly note: string | null
  readonly isPending: boolean
  /** Null if the key may change nothing. */
  readonly onSave: ((note: string | null, saving: Saving) => void) | null
}

type Draft = { readonly text: string; readonly previous: string | null }

/** The note of an experiment, changed in place. An empty one is removed. */
export function NoteEditor({ note, isPending, onSave }: Props) {
  /** Null while nobody edits it: it then shows what others write. */
  const [draft, setDraft] = useState<Draft | null>(null)
  if (draft === null)
    return (
      <div className="note-shown">
        {note !== null && <p className="note-text">{note}</p>}
        {onSave !== null && (
          <button type="button" className="quiet" onClick={() => setDraft({ text: note ?? '', previous: note })}>
            {note === null ? 'Add a note' : 'Change the note'}
          </button>
        )}
      </div>
    )
  const { text, previous } = draft
  const next = text.trim() === '' ? null : text
  const isValid = noteChange.safeParse({ note: next }).success
  const save = (event: FormEvent): void => {
    event.preventDefault()
    if (isValid) onSave?.(next, { previous, done: () => setDraft(null) })
  }
  return (
    <form className="note-form" onSubmit={save}>
      <label className="field">
        Note
        <textarea
          rows={4}
          autoFocus
          value={text}
          onChange={({ target }) => setDraft({ ...draft, text: target.value })}
        />
      </label>
      {!isValid && <p className="problem">A note has at most 10,000 characters.</p>}
      {note !== previous && <ChangedNote note={note} onAccept={() => setDraft({ text, previous: note })} />}
      <p className="choices">
        <button type="submit" className="primary" disabled={isPending || !isValid}>
          Save the note
        </button>
        <button type="button" onClick={() => setDraft(null)}>
          Discard
        </button>
      </p>
    </form>
  )
}

type ChangedProps = { readonly note: string | null; readonly onAccept: () => void }

/** What somebody else has written in the meantime. */
function ChangedNote({ note, onAccept }: ChangedProps) {
  return (
    <div role="alert" className="notice">
      <p>{note === null ? 'Somebody else has removed the note.' : 'Somebody else has changed the note. It now is:'}</p>
      {note !== null && <p className="note-text">{note}</p>}
      <button type="button" onClick={onAccept}>
        Replace it with mine
      </button>
    </div>
  )
}
