import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useSession } from '../session/session.ts'
import type { Arm } from './comparison-arms.ts'
import { ExperimentSearch, useExperimentSearch } from './experiment-choice.tsx'

type Props = {
  readonly onAdd: (arm: Arm) => void
  readonly action?: string
  /** What it means to choose none of the conditions. */
  readonly all?: string
}

/** Chooses an experiment by name, then a condition of it. */
export function AddArm({ onAdd, action = 'Add', all = 'all' }: Props) {
  const search = useExperimentSearch()
  const { id } = search
  const [condition, setCondition] = useState('')
  const conditions = useConditions(id)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (id !== '') onAdd({ experimentId: id, ...(conditions.includes(condition) ? { condition } : {}) })
  }
  return (
    <form className="choices add-arm" onSubmit={submit}>
      <ExperimentSearch search={search} />
      <label className="field">
        Condition
        <select value={condition} onChange={({ target }) => setCondition(target.value)}>
          <option value="">{all}</option>
          {conditions.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <button type="submit" disabled={id === ''}>
        {action}
      </button>
    </form>
  )
}

function useConditions(id: string): readonly string[] {
  const { client } = useSession()
  const { data } = useQuery({ queryKey: ['experiment', id], queryFn: () => client.experiment(id), enabled: id !== '' })
  return data?.resolved.conditions.map(({ name }) => name) ?? []
}
