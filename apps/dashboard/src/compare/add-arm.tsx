import type { ExperimentSummary } from '@goalpost/contracts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState, type FormEvent } from 'react'
import { useSession } from '../session/session.ts'
import type { Arm } from './comparison-arms.ts'

const mostListed = 50

/** Chooses an experiment by name, then a condition of it. */
export function AddArm({ onAdd }: { readonly onAdd: (arm: Arm) => void }) {
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState('')
  const [condition, setCondition] = useState('')
  const items = useNamed(useDeferredValue(typed.trim()))
  const id = items.some((item) => item.id === chosen) ? chosen : (items[0]?.id ?? '')
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

type ChoiceProps = {
  readonly items: readonly ExperimentSummary[]
  readonly id: string
  readonly onChoose: (id: string) => void
}

function ExperimentChoice({ items, id, onChoose }: ChoiceProps) {
  return (
    <label className="field">
      Experiment
      <select value={id} onChange={({ target }) => onChoose(target.value)}>
        {items.map(({ id: each, name, createdAt }) => (
          <option key={each} value={each}>
            {name}, {createdAt.slice(0, 16).replace('T', ' ')}
          </option>
        ))}
      </select>
    </label>
  )
}

/** The newest experiments that a search finds. */
function useNamed(search: string): readonly ExperimentSummary[] {
  const { client } = useSession()
  const { data } = useQuery({
    queryKey: ['experiments-named', search],
    queryFn: () => client.experiments({ limit: mostListed, ...(search === '' ? {} : { search }) }),
    placeholderData: keepPreviousData,
  })
  return data?.items ?? []
}

function useConditions(id: string): readonly string[] {
  const { client } = useSession()
  const { data } = useQuery({ queryKey: ['experiment', id], queryFn: () => client.experiment(id), enabled: id !== '' })
  return data?.resolved.conditions.map(({ name }) => name) ?? []
}
