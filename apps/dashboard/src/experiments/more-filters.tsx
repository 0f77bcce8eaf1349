import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Suggestions } from '../design/suggestions.tsx'
import { useSession } from '../session/session.ts'
import { QueryProblem } from '../shell/query-problem.tsx'
import type { ExperimentFilter } from './experiment-filter.ts'

type Props = {
  readonly filter: ExperimentFilter
  readonly set: (name: 'verdict' | 'label' | 'protocol' | 'owner', value: string) => void
}

/** Longer than it takes to choose a few filters. */
const freshForMs = 60_000

/** Filters by what protocols can find, and by the most frequent labels and submitters of the workspace. */
export function MoreFilters({ filter, set }: Props) {
  const { client } = useSession()
  const protocols = useQuery({ queryKey: ['protocols'], queryFn: () => client.protocols(), staleTime: Infinity })
  const facets = useQuery({ queryKey: ['facets'], queryFn: () => client.experimentFacets(), staleTime: freshForMs })
  const { labels = [], submitters = [] } = facets.data ?? {}
  const items = protocols.data?.items ?? []
  const verdicts = items
    .filter(({ name }) => filter.protocol === undefined || filter.protocol === name)
    .flatMap((protocol) => protocol.verdicts.map(({ name }) => name))
  return (
    <div className="filters">
      <QueryProblem of={[protocols, facets]} what="What to choose from" />
      <ChoiceFilter title="Verdict" value={filter.verdict} values={verdicts} set={(value) => set('verdict', value)} />
      <ChoiceFilter
        title="Protocol"
        value={filter.protocol}
        values={items.map(({ name }) => name)}
        set={(value) => set('protocol', value)}
      />
      <TextFilter
        title="Label"
        hint="name or name=value"
        value={filter.label}
        values={labels.map(({ name, value }) => `${name}=${value}`)}
        set={(value) => set('label', value)}
      />
      <TextFilter
        title="Submitted by"
        hint="name of a key"
        value={filter.owner}
        values={submitters.map(({ name }) => name)}
        set={(value) => set('owner', value)}
      />
    </div>
  )
}

type FilterProps = {
  readonly title: string
  readonly value: string | undefined
  readonly values: readonly string[]
  readonly set: (value: string) => void
}

function ChoiceFilter({ title, value = '', values, set }: FilterProps) {
  // One that an address has may be of another protocol, or not be read yet.
  const options = [...new Set([...values, value])].filter((each) => each !== '').toSorted()
  return (
    <label>
      {title}
      <select value={value} onChange={({ target }) => set(target.value)}>
        <option value="">any</option>
        {options.map((each) => (
          <option key={each} value={each}>
            {each.replaceAll('-', ' ')}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Taken when it is left, on Enter, or when a suggestion is chosen: each letter would be another list. */
function TextFilter({ title, hint, value = '', values, set }: FilterProps & { readonly hint: string }) {
  const id = useId()
  const [typed, setTyped] = useState(value)
  const [former, setFormer] = useState(value)
  if (former !== value) {
    // Changed elsewhere, such as by a link in the list.
    setFormer(value)
    setTyped(value)
  }
  const take = (text: string): void => {
    if (text.trim() !== value) set(text.trim())
  }
  return (
    <label>
      {title}
      <input
        type="text"
        list={id}
        value={typed}
        placeholder={hint}
        onChange={({ target }) => {
          setTyped(target.value)
          if (values.includes(target.value)) take(target.value)
        }}
        onBlur={() => take(typed)}
        onKeyDown={({ key }) => {
          if (key === 'Enter') take(typed)
        }}
      />
      <Suggestions id={id} values={values} />
    </label>
  )
}
