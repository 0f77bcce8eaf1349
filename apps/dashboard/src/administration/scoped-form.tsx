import type { ApiKeyScope } from '@goalpost/contracts'
import type { FormEvent, ReactNode } from 'react'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { ScopeField, ScopeMeaning } from './scope-field.tsx'

type Props = {
  /** For those who hear it. */
  readonly label: string
  /** Who gets the scope. */
  readonly who: ReactNode
  readonly scope: ApiKeyScope
  readonly setScope: (scope: ApiKeyScope) => void
  /** What else there is to say. */
  readonly children?: ReactNode
  /** The title of its button. */
  readonly action: string
  readonly isReady: boolean
  readonly onSubmit: () => void
  readonly failure: { readonly title: string; readonly error: Error | null }
}

/** Grants a person or a program a scope in the workspace: a name, the scope, and a button. */
export function ScopedForm({ label, who, scope, setScope, children, action, isReady, onSubmit, failure }: Props) {
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady) onSubmit()
  }
  return (
    <>
      <form className="choices" aria-label={label} onSubmit={submit}>
        {who}
        <ScopeField scope={scope} setScope={setScope} />
        {children}
        <button type="submit" disabled={!isReady}>
          {action}
        </button>
      </form>
      <ScopeMeaning scope={scope} />
      {failure.error !== null && <ErrorPanel error={failure.error} title={failure.title} />}
    </>
  )
}

type NameProps = { readonly title: string; readonly name: string; readonly setName: (name: string) => void }

export function NameField({ title, name, setName }: NameProps) {
  return (
    <label className="field">
      {title}
      <input required maxLength={120} value={name} onChange={({ target }) => setName(target.value)} />
    </label>
  )
}

type DaysProps = {
  readonly title: string
  readonly days: string
  readonly setDays: (days: string) => void
  readonly most: number
  /** What an empty field means; without it, the field may not be empty. */
  readonly empty?: string
}

export function DaysField({ title, days, setDays, most, empty }: DaysProps) {
  return (
    <label className="field">
      {title}
      <input
        type="number"
        required={empty === undefined}
        min={1}
        max={most}
        placeholder={empty}
        value={days}
        onChange={({ target }) => setDays(target.value)}
      />
    </label>
  )
}
