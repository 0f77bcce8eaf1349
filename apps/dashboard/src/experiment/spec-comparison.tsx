import type { ExperimentView } from '@goalpost/contracts'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { ExperimentChoice, ExperimentsProblem, useNamedExperiments } from '../compare/experiment-choice.tsx'
import { ManifestDifferences } from '../compare/manifest-differences.tsx'
import { SpecDiff } from '../compare/spec-diff.tsx'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { comparableSpec } from './comparable-spec.ts'

type Props = {
  readonly experiment: ExperimentView
  readonly against: string | null
  readonly onCompare: (id: string | null) => void
}

/** What another experiment's spec says otherwise, with all defaults, and what else computed it. */
export function SpecComparison({ experiment, against, onCompare }: Props) {
  const [typed, setTyped] = useState('')
  const found = useNamedExperiments(useDeferredValue(typed.trim()))
  const others = found.items?.filter(({ id }) => id !== experiment.id)
  return (
    <>
      <div className="choices">
        <label className="field">
          Search
          <input
            type="search"
            value={typed}
            placeholder="name or id"
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
        <ExperimentChoice
          found={{ ...found, items: others }}
          id={against ?? ''}
          none="choose one"
          onChoose={(id) => onCompare(id === '' ? null : id)}
        />
      </div>
      <ExperimentsProblem found={found} />
      {against !== null && <Difference experiment={experiment} against={against} />}
    </>
  )
}

function Difference({ experiment, against }: { readonly experiment: ExperimentView; readonly against: string }) {
  const { client } = useSession()
  const { data, error, refetch } = useQuery({
    queryKey: ['experiment', against],
    queryFn: () => client.experiment(against),
  })
  if (data === undefined)
    return error === null ? <p className="note">Loading…</p> : <ErrorPanel error={error} retry={() => void refetch()} />
  const sides = [experiment, data].map(({ name, id, resolved }) => ({
    name: experiment.name === data.name ? `${name} ${id.slice(-4)}` : name,
    options: comparableSpec(resolved),
  }))
  return (
    <>
      <SpecDiff sides={sides} />
      <ManifestDifferences experiments={[experiment, data]} />
    </>
  )
}
