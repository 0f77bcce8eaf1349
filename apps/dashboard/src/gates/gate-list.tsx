import type { GateSummary } from '@goalpost/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { RelativeTime } from '../design/relative-time.tsx'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { OutcomeMark } from './outcome-mark.tsx'

const pollMs = 10_000
const mostShown = 200

type Props = {
  readonly model?: string
  /** With the id `gates`; null where the page has one. */
  readonly title?: ReactNode
}

/** Gates, each with its latest run; of one model, or of all. */
export function GateList({ model, title = <h2 id="gates">Gates</h2> }: Props) {
  const { client } = useSession()
  const gates = useQuery({
    queryKey: ['gates', model ?? null],
    queryFn: () => client.gates({ limit: mostShown, ...(model === undefined ? {} : { model }) }),
    refetchInterval: pollMs,
  })
  if (gates.isPending) return <p className="note">Loading the gates…</p>
  if (gates.data === undefined) return <ErrorPanel error={gates.error} retry={() => void gates.refetch()} />
  return (
    <section aria-labelledby="gates">
      {title}
      {gates.data.items.length === 0 ? (
        <p className="none">
          None. A gate tests every new version of a model: <code>npx goalpost gates apply gate.yaml</code>
        </p>
      ) : (
        <ul className="open">
          {gates.data.items.map((gate) => (
            <GateEntry key={gate.name} gate={gate} showsModel={model === undefined} />
          ))}
        </ul>
      )}
    </section>
  )
}

type EntryProps = { readonly gate: GateSummary; readonly showsModel: boolean }

function GateEntry({ gate: { name, model, latest }, showsModel }: EntryProps) {
  return (
    <li>
      <Link to="/gates/$name" params={{ name }}>
        {name}
      </Link>{' '}
      {showsModel && <small>of {model} </small>}
      {latest === null ? (
        <span className="soft">has not run</span>
      ) : (
        <>
          <OutcomeMark run={latest} /> <small>version {latest.version}, </small>
          <RelativeTime at={latest.createdAt} />
        </>
      )}
    </li>
  )
}
