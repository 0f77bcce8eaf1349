import { useState } from 'react'
import { Suggestions } from '../../design/suggestions.tsx'
import type { Field } from '../schema-field.ts'
import { ForeignOption } from './foreign-option.tsx'
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
      <ForeignOption value={shownValue(value)} isKnown={options.includes(value)} />
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
  const shared = {
    id,
    placeholder: fallback,
    value: draft ?? text,
    'aria-invalid': isInvalid,
    'aria-describedby': describedBy === '' ? undefined : describedBy,
    onChange: ({ target }: { readonly target: { readonly value: string } }) => setDraft(target.value),
    onBlur: commit,
  }
  // An input of one line would lose the breaks.
  if (text.includes('\n')) return <textarea {...shared} rows={Math.min(text.split('\n').length + 1, mostRows)} />
  return (
    <>
      <input
        {...shared}
        {...boundsOf(field)}
        type={field.kind === 'number' ? 'number' : 'text'}
        list={suggestions.length > 0 ? `${id}-suggestions` : undefined}
        onKeyDown={({ key }) => {
          if (key === 'Enter') commit()
        }}
      />
      {suggestions.length > 0 && <Suggestions id={`${id}-suggestions`} values={suggestions} />}
    </>
  )
}

const mostRows = 12

const boundsOf = (field: Field) =>
  field.kind === 'number' ? { min: field.low, max: field.high, step: field.whole ? 1 : 'any' } : {}
