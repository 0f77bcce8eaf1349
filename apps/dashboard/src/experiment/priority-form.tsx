import { priorityChange } from '@goalpost/contracts'
import { useRef, useState, type FormEvent } from 'react'

type Props = {
  readonly priority: number
  readonly isPending: boolean
  /** Calls `done` when the change has succeeded. */
  readonly onChange: (priority: number, done: () => void) => void
}

const { minValue, maxValue } = priorityChange.shape.priority

/** Which experiment of the workspace goes first: the highest number. */
export function PriorityForm({ priority, isPending, onChange }: Props) {
  /** Null while it is not edited: it then shows what others set. */
  const [text, setText] = useState<string | null>(null)
  const wanted = priorityChange.safeParse({ priority: text === null || text.trim() === '' ? Number.NaN : Number(text) })
  const field = useRef<HTMLInputElement>(null)
  const finish = (): void => {
    // The button goes: the focus must not go with it.
    field.current?.focus()
    setText(null)
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!wanted.success) return
    onChange(wanted.data.priority, finish)
  }
  return (
    <form className="priority" onSubmit={submit}>
      <label title="The experiment with the highest number goes first">
        Priority{' '}
        <input
          ref={field}
          type="number"
          required
          min={minValue ?? undefined}
          max={maxValue ?? undefined}
          step={1}
          value={text ?? priority}
          onChange={({ target }) => setText(target.value)}
        />
      </label>
      {text !== null && (
        <button type="submit" disabled={isPending || !wanted.success || wanted.data.priority === priority}>
          Set priority
        </button>
      )}
    </form>
  )
}
