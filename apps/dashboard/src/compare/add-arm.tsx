import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState, type FormEvent } from 'react'
import { useSession } from '../session/session.ts'
import type { Arm } from './comparison-arms.ts'
import { ExperimentChoice, useNamedExperiments } from './experiment-choice.tsx'

/** Chooses an experiment by name, then a condition of it. */
export function AddArm({ onAdd }: { readonly onAdd: (arm: Arm) => void }) {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState('')
  const [condition, setCondition] = useState('')
  const items = useNamedExperiments(useDeferredValue(typed.trim()))
  const id = items?.some((item) => item.id === chosen) === true ? chosen : (items?.[0]?.id ?? '')
  const conditions = useConditions(id)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (id !== '') onAdd({ experimentId: id, ...(conditions.includes(condition) ? { condition } : {}) })
  }
  return (
    <form className="choices add-arm" onSubmit={submit}>
      <label className="field">
        Search
        <input type="search" value={typed} placeholder="name or id" onChange={({ target }) => setTyped(target.value)} />
      </label>
      <ExperimentChoice items={items} id={id} onChoose={setChosen} />
      <label className="field">
        Condition
        <select value={condition} onChange={({ target }) => setCondition(target.value)}>
          <option value="">all</option>
          {conditions.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <button type="submit" disabled={id === ''}>
        Add
      </button>
    </form>
  )
}

function useConditions(id: string): readonly string[] {
  const { client } = useSession()
  const { data } = useQuery({ queryKey: ['experiment', id], queryFn: () => client.experiment(id), enabled: id !== '' })
  return data?.resolved.conditions.map(({ name }) => name) ?? []
}
