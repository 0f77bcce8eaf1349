import { useState, type FormEvent } from 'react'
import type { LabelChangeInput } from '@goalpost/contracts'
import { parseLabelChange } from './label-change.ts'

type Props = {
  /** Of the field, for those who hear it. */
  readonly name: string
  readonly isPending: boolean
  readonly onChange: (change: LabelChangeInput) => void
}

/** Sets or removes a label. */
export function LabelForm({ name, isPending, onChange }: Props) {
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
    <form className="label-form" onSubmit={submit}>
      <input
        aria-label={name}
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
