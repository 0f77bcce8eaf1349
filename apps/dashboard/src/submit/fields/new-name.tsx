import { useState } from 'react'
import { Suggestions } from '../../design/suggestions.tsx'

type Props = {
  readonly id: string
  readonly label: string
  readonly suggestions: readonly string[]
  readonly taken: readonly string[]
  readonly onAdd: (name: string) => void
}

/** The name of a member to add to an object. */
export function NewName({ id, label, suggestions, taken, onAdd }: Props) {
  const [text, setText] = useState('')
  const name = text.trim()
  const isUsable = name !== '' && !taken.includes(name)
  const add = (): void => {
    if (!isUsable) return
    onAdd(name)
    setText('')
  }
  return (
    <div className="add-row">
      <input
        id={id}
        aria-label={`Name to add to ${label}`}
        placeholder={suggestions.length > 0 ? 'option' : 'name'}
        list={suggestions.length > 0 ? `${id}-names` : undefined}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={({ key }) => {
          if (key === 'Enter') add()
        }}
      />
      {suggestions.length > 0 && <Suggestions id={`${id}-names`} values={suggestions} />}
      <button type="button" className="small" disabled={!isUsable} onClick={add}>
        Add to {label}
      </button>
    </div>
  )
}
