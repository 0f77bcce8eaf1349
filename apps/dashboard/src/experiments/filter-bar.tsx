import { experimentState } from '@goalpost/contracts'
import { Suspense, useEffect, useRef, useState, type FormEvent } from 'react'
import { Folded } from '../design/folded.tsx'
import { lazyComponent } from '../design/lazy-component.tsx'
import { narrow, useMedia } from '../design/use-media.ts'
import { OrderChoice } from './order-choice.tsx'
import { OwnerFilter } from './owner-filter.tsx'
import { daysOf, parseExperimentFilter, type ExperimentFilter } from './experiment-filter.ts'

type Props = { readonly filter: ExperimentFilter; readonly onChange: (filter: ExperimentFilter) => void }

const typingPauseMs = 250

const MoreFilters = lazyComponent(async () => ({ default: (await import('./more-filters.tsx')).MoreFilters }))

/** Filters of the list. They are kept in the address, so a bookmark is a saved view. */
export function FilterBar({ filter, onChange }: Props) {
  const [search, setSearch] = useTypedSearch(filter, onChange)
  const set = (name: keyof ExperimentFilter, value: string): void =>
    onChange(parseExperimentFilter({ ...filter, [name]: value }))
  const submit = (event: FormEvent): void => event.preventDefault()
  const chosen = (['verdict', 'label', 'protocol', 'name', 'named'] as const).filter(
    (name) => filter[name] !== undefined,
  )
  return (
    <form role="search" className="filters" onSubmit={submit}>
      <label>
        Search
        <input
          type="search"
          value={search}
          placeholder="words of name, note, label"
          title={'Words in any order, and phrases in "double quotes": of the name, note, protocol, submitter or labels'}
          onChange={({ target }) => setSearch(target.value)}
        />
      </label>
      <label>
        State
        <select value={filter.state ?? ''} onChange={({ target }) => set('state', target.value)}>
          <option value="">any</option>
          {experimentState.options.map((state) => (
            <option key={state}>{state}</option>
          ))}
        </select>
      </label>
      <RareFilters filter={filter} set={set} />
      {chosen.map((name) => (
        <Chosen key={name} name={name} value={filter[name] ?? ''} remove={() => set(name, '')} />
      ))}
    </form>
  )
}

/** On a telephone they are folded, so that the list can be seen. */
function RareFilters({ filter, set }: SpanProps) {
  const isNarrow = useMedia(narrow)
  const { owner = '', from, to, archived, sort = '-created' } = filter
  const fields = (
    <>
      <OwnerFilter owner={owner} set={(next) => set('owner', next)} />
      <SpanFilters filter={filter} set={set} />
      <OrderChoice sort={sort} set={(next) => set('sort', next)} />
    </>
  )
  const more = (
    <Folded title={isNarrow ? 'Verdict, label, protocol' : 'More filters'} className="more-filters">
      {() => (
        <Suspense fallback={<p className="note">Loading…</p>}>
          <MoreFilters filter={filter} set={set} />
        </Suspense>
      )}
    </Folded>
  )
  if (!isNarrow)
    return (
      <>
        {fields}
        {more}
      </>
    )
  const isUsed = [owner || undefined, from, to, archived].some((value) => value !== undefined)
  return (
    <details className="rare-filters" open={isUsed || undefined}>
      <summary>More filters, order</summary>
      <div className="filters">
        {fields}
        {more}
      </div>
    </details>
  )
}

/** What is typed is searched after a pause; a link or a saved view replaces it. */
function useTypedSearch(filter: ExperimentFilter, onChange: Props['onChange']) {
  const wanted = filter.search ?? ''
  const [search, setSearch] = useState(wanted)
  const sent = useRef(wanted)
  useEffect(() => {
    if (wanted === sent.current) return
    sent.current = wanted
    setSearch(wanted)
  }, [wanted])
  useEffect(() => {
    if (search.trim() === wanted.trim()) return
    const timer = setTimeout(() => {
      sent.current = search
      onChange(parseExperimentFilter({ ...filter, search }))
    }, typingPauseMs)
    return () => clearTimeout(timer)
  }, [search, wanted, filter, onChange])
  return [search, setSearch] as const
}

type SpanProps = {
  readonly filter: ExperimentFilter
  readonly set: (name: keyof ExperimentFilter, value: string) => void
}

/** When they were created, and whether they are put away. */
function SpanFilters({ filter, set }: SpanProps) {
  const { from, to, archived } = filter
  const { first, last } = daysOf(filter)
  return (
    <>
      <label>
        Created from
        <input type="date" value={first} title={exactly(from)} onChange={({ target }) => set('from', target.value)} />
      </label>
      <label>
        to
        <input type="date" value={last} title={exactly(to)} onChange={({ target }) => set('to', target.value)} />
      </label>
      <label>
        Archived
        <select value={archived ?? ''} onChange={({ target }) => set('archived', target.value)}>
          <option value="">hidden</option>
          <option value="include">shown</option>
          <option value="only">only these</option>
        </select>
      </label>
    </>
  )
}

/** Saved views may have times that no day begins with. */
const exactly = (time: string | undefined): string | undefined => time && new Date(time).toLocaleString()

function Chosen({
  name,
  value,
  remove,
}: {
  readonly name: string
  readonly value: string
  readonly remove: () => void
}) {
  return (
    <button type="button" className="chosen" onClick={remove} aria-label={`Remove the filter ${name} ${value}`}>
      {name}: {value} <span aria-hidden="true">×</span>
    </button>
  )
}
