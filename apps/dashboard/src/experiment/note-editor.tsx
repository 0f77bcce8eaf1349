import { noteChange } from '@goalpost/contracts'
import { useState, type FormEvent } from 'react'

type Props = {
  readonly note: string | null
  readonly isPending: boolean
  /** Calls `done` when it is stored; null if the key may change nothing. */
  readonly onSave: ((note: string | null, done: () => void) => void) | null
}

/** The note of an experiment, changed in place. An empty one is removed. */
export function NoteEditor({ note, isPending, onSave }: Props) {
  /** Null while nobody edits it: it then shows what others write. */
  const [text, setText] = useState<string | null>(null)
  if (text === null)
    return (
      <div className="note-shown">
        {note !== null && <p className="note-text">{note}</p>}
        {onSave !== null && (
          <button type="button" className="quiet" onClick={() => setText(note ?? '')}>
            {note === null ? 'Add a note' : 'Change the note'}
          </button>
        )}
      </div>
    )
  const next = text.trim() === '' ? null : text
  const isValid = noteChange.safeParse({ note: next }).success
  const save = (event: FormEvent): void => {
    event.preventDefault()
    if (isValid) onSave?.(next, () => setText(null))
  }
  return (
    <form className="note-form" onSubmit={save}>
      <label className="field">
        Note
        <textarea rows={4} autoFocus value={text} onChange={({ target }) => setText(target.value)} />
      </label>
      {!isValid && <p className="problem">A note has at most 10,000 characters.</p>}
      <p className="choices">
        <button type="submit" className="primary" disabled={isPending || !isValid}>
          Save the note
        </button>
        <button type="button" onClick={() => setText(null)}>
          Discard
        </button>
      </p>
    </form>
  )
}
