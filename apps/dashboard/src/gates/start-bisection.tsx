import { bisectionRequest } from '@goalpost/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useMay, useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'

/** Starts a search between two versions. */
export function StartBisection({ name }: { readonly name: string }) {
  const { client } = useSession()
  const queries = useQueryClient()
  const may = useMay('submit')
  const [given, setGiven] = useState({ good: '', bad: '' })
  const wanted = bisectionRequest.safeParse({ good: Number(given.good), bad: Number(given.bad) })
  const isOrdered = Number(given.good) + 1 < Number(given.bad)
  const start = useMutation({
    mutationFn: () => client.startBisection(name, { good: Number(given.good), bad: Number(given.bad) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['bisections', name] }),
  })
  if (!may) return null
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (wanted.success && isOrdered) start.mutate()
  }
  const field = (key: keyof typeof given, title: string) => (
    <label className="field">
      {title}
      <input
        type="number"
        required
        min={1}
        step={1}
        value={given[key]}
        onChange={({ target }) => setGiven({ ...given, [key]: target.value })}
      />
    </label>
  )
  return (
    <>
      <form className="choices" aria-label="New bisection" onSubmit={submit}>
        {field('good', 'Version that keeps the rules')}
        {field('bad', 'Later version that violates one')}
        <button type="submit" disabled={!wanted.success || !isOrdered || start.isPending}>
          Search
        </button>
      </form>
      {start.isError && <ErrorPanel error={start.error} title="The search was not started" />}
    </>
  )
}
