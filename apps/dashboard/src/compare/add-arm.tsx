import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useSession } from '../session/session.ts'
import { QueryProblem } from '../shell/query-problem.tsx'
import type { Arm } from './comparison-arms.ts'
import { ExperimentSearch, ExperimentsProblem, useExperimentSearch } from './experiment-choice.tsx'

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
  const { conditions, query } = useConditions(id)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (id !== '') onAdd({ experimentId: id, ...(conditions.includes(condition) ? { condition } : {}) })
  }
  return (
    <>
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
      <ExperimentsProblem found={search.found} />
      <QueryProblem of={query} what="The conditions of the experiment" />
    </>
  )
}

function useConditions(id: string) {
  const { client } = useSession()
  const query = useQuery({ queryKey: ['experiment', id], queryFn: () => client.experiment(id), enabled: id !== '' })
  return { query, conditions: query.data?.resolved.conditions.map(({ name }) => name) ?? [] }
}
