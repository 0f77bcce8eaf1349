import { useState, type FormEvent } from 'react'
import type { LabelChangeInput } from '@goalpost/contracts'
import { parseLabelChange } from './label-change.ts'

type Props = { readonly isPending: boolean; readonly onChange: (change: LabelChangeInput) => void }

/** Sets or removes a label of all chosen experiments. */
export function BulkLabel({ isPending, onChange }: Props) {
  const [text, setText] = useState('')
  const change = parseLabelChange(text)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (change === null) return
    onChange(change)
    setText('')
  }
  const isRemoval = change !== null && (change.remove ?? []).length > 0
  return (
    <form className="bulk-label" onSubmit={submit}>
      <input
        aria-label="Label of the chosen experiments"
        placeholder="team=alignment"
        title="`team=alignment` sets a label, `team` removes it"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
      <button type="submit" disabled={isPending || change === null}>
        {isRemoval ? 'Remove label' : 'Set label'}
      </button>
    </form>
  )
}
