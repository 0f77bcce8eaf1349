import { useState } from 'react'
import type { Field } from '../schema-field.ts'
import { anyText, readText, shownValue } from './scalar-text.ts'

type Props = {
  readonly id: string
  readonly field: Field
  readonly value: unknown
  /** What holds if it is left empty. */
  readonly fallback: string
  readonly isInvalid: boolean
  /** Ids of what describes it. */
  readonly describedBy: string
  readonly onChange: (value: unknown) => void
}

/** An input or a select; what is typed counts when it is left, or with Enter. */
export function ScalarInput(props: Props) {
  const { field } = props
  if (field.kind === 'toggle') return <Select {...props} options={[true, false]} />
  if (field.kind === 'choice') return <Select {...props} options={field.options} />
  return <TextInput {...props} />
}

function Select({
  id,
  value,
  fallback,
  isInvalid,
  describedBy,
  onChange,
  options,
}: Props & { readonly options: readonly unknown[] }) {
  const isForeign = value !== undefined && !options.includes(value)
  return (
    <select
      id={id}
      value={shownValue(value)}
      aria-invalid={isInvalid}
      aria-describedby={describedBy === '' ? undefined : describedBy}
      onChange={({ target }) => onChange(options.find((option) => shownValue(option) === target.value))}
    >
      <option value="">
        {fallback === '' ? 'not set' : fallback === 'required' ? 'choose…' : `default: ${fallback}`}
      </option>
      {/* What the text holds, although it cannot be chosen. */}
      {isForeign && <option>{shownValue(value)}</option>}
      {options.map((option) => (
        <option key={shownValue(option)}>{shownValue(option)}</option>
      ))}
    </select>
  )
}

function TextInput({ id, field, value, fallback, isInvalid, describedBy, onChange }: Props) {
  const [draft, setDraft] = useState<string | null>(null)
  const text = field.kind === 'any' ? anyText(value) : shownValue(value)
  const commit = (): void => {
    if (draft !== null && draft !== text) onChange(readText(draft, field))
    setDraft(null)
  }
  const suggestions = field.kind === 'text' ? field.suggestions : []
  const bounds = field.kind === 'number' ? { min: field.low, max: field.high, step: field.whole ? 1 : 'any' } : {}
  return (
    <>
      <input
        id={id}
        placeholder={fallback}
        value={draft ?? text}
        {...bounds}
        type={field.kind === 'number' ? 'number' : 'text'}
        list={suggestions.length > 0 ? `${id}-suggestions` : undefined}
        aria-invalid={isInvalid}
        aria-describedby={describedBy === '' ? undefined : describedBy}
        onChange={({ target }) => setDraft(target.value)}
        onBlur={commit}
        onKeyDown={({ key }) => {
          if (key === 'Enter') commit()
        }}
      />
      {suggestions.length > 0 && (
        <datalist id={`${id}-suggestions`}>
          {suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </>
  )
}
