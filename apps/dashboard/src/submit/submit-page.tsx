import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMay, useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PanelBoundary } from '../shell/panel-boundary.tsx'
import { ScopeNeeded } from '../shell/scope-needed.tsx'
import { useTitle } from '../shell/use-title.ts'
import { examples } from './examples.ts'
import { SpecForm } from './spec-form.tsx'
import { specText } from './spec-text.ts'
import './submit.css'

const route = getRouteApi('/submit')
const firstExample = 'smoke'

/** A new experiment, from an example or a clone of another. */
export function SubmitPage() {
  useTitle('New experiment')
  const { from } = route.useSearch()
  const { client } = useSession()
  const may = useMay('submit')
  const start = useQuery({
    queryKey: ['start', from ?? null],
    queryFn: async () =>
      from === undefined
        ? ((await examples.get(firstExample)?.()) ?? 'apiVersion: goalpost/v1\n')
        : specText((await client.experiment(from)).spec),
    staleTime: Infinity,
    enabled: may,
  })
  if (!may) return <ScopeNeeded title="Your key may not submit experiments" scope="submit" heading="h1" />
  if (start.isPending) return <p className="panel">Loading…</p>
  if (start.data === undefined)
    return <ErrorPanel heading="h1" error={start.error} retry={() => void start.refetch()} />
  return (
    <article>
      <h1>{from === undefined ? 'New experiment' : 'Clone an experiment'}</h1>
      {from !== undefined && (
        <p className="note">With the spec of that experiment. Tasks that it has computed are not computed again.</p>
      )}
      <PanelBoundary>
        <SpecForm key={from} start={start.data} example={from === undefined ? firstExample : ''} />
      </PanelBoundary>
    </article>
  )
}
