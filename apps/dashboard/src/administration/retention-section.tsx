import type { Retention, RetentionChange } from '@goalpost/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { ConfirmButton } from '../design/confirm-button.tsx'
import { useMay, useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { retentionChangeOf, shortenedKinds, type EditedDays } from './retention-texts.ts'

const queryKey = ['retention']
const titles: Readonly<Record<keyof Retention, string>> = {
  points: 'Curves',
  logs: 'Logs',
  events: 'Events of experiments',
  checkpoints: 'Checkpoints for resuming',
}
const kinds = Object.keys(titles) as (keyof Retention)[]

/** For how long the workspace keeps what no result needs. */
export function RetentionSection() {
  const { client } = useSession()
  const rules = useQuery({ queryKey, queryFn: () => client.retention() })
  const mayChange = useMay('admin')
  if (rules.isPending) return null
  if (rules.data === undefined) return <ErrorPanel error={rules.error} retry={() => void rules.refetch()} />
  return (
    <section aria-labelledby="retention">
      <h2 id="retention">Retention</h2>
      <p className="note">
        Days after the end of experiments for which these are kept. Results, verdicts and what they need are always
        kept.
      </p>
      {mayChange ? <RetentionForm rules={rules.data} /> : <RetentionList rules={rules.data} />}
    </section>
  )
}

function RetentionList({ rules }: { readonly rules: Retention }) {
  return (
    <dl>
      {kinds.map((kind) => (
        <div key={kind}>
          <dt>{titles[kind]}</dt>
          <dd>{rules[kind] === null ? 'for ever' : `${rules[kind]} days`}</dd>
        </div>
      ))}
    </dl>
  )
}

/** An empty field: for ever. */
function RetentionForm({ rules }: { readonly rules: Retention }) {
  const { client } = useSession()
  const queries = useQueryClient()
  const [edited, setEdited] = useState<EditedDays>({})
  const change = retentionChangeOf(edited)
  const shortened = change === null ? [] : shortenedKinds(rules, change)
  const save = useMutation({
    mutationFn: (wanted: RetentionChange) => client.setRetention(wanted),
    onSuccess: (saved) => {
      queries.setQueryData(queryKey, saved)
      setEdited({})
    },
  })
  const apply = (): void => {
    if (change !== null) save.mutate(change)
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (shortened.length === 0) apply()
  }
  return (
    <>
      <form className="choices" aria-label="Retention" onSubmit={submit}>
        <DayFields rules={rules} edited={edited} onEdit={setEdited} />
        {shortened.length === 0 ? (
          <button type="submit" disabled={change === null || save.isPending}>
            Set retention
          </button>
        ) : (
          <ConfirmShorter kinds={shortened} isPending={save.isPending} onConfirm={apply} />
        )}
      </form>
      {save.isError && <ErrorPanel error={save.error} title="The retention was not changed" />}
    </>
  )
}

type FieldsProps = {
  readonly rules: Retention
  readonly edited: EditedDays
  readonly onEdit: (edited: EditedDays) => void
}

function DayFields({ rules, edited, onEdit }: FieldsProps) {
  return kinds.map((kind) => (
    <label key={kind} className="field">
      {titles[kind]}
      <input
        type="number"
        min={1}
        max={36_500}
        placeholder="for ever"
        value={edited[kind] ?? rules[kind] ?? ''}
        onChange={({ target }) => onEdit({ ...edited, [kind]: target.value })}
      />
    </label>
  ))
}

type ConfirmProps = {
  readonly kinds: readonly (keyof Retention)[]
  readonly isPending: boolean
  readonly onConfirm: () => void
}

function ConfirmShorter({ kinds: shortened, isPending, onConfirm }: ConfirmProps) {
  const subject = `of ${shortened.map((kind) => titles[kind].toLowerCase()).join(', ')}`
  return (
    <ConfirmButton action="Set retention" subject={subject} isPending={isPending} onConfirm={onConfirm}>
      <p>
        They are kept for a shorter time than before. Those of experiments that ended longer ago are deleted, which
        cannot be undone.
      </p>
    </ConfirmButton>
  )
}
