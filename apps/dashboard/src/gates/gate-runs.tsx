import type { GateRunView } from '@goalpost/contracts'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { RelativeTime } from '../design/relative-time.tsx'
import { useMay, useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { OutcomeMark } from './outcome-mark.tsx'

const pollMs = 5_000
const mostShown = 50

/** The runs of a gate, newest first, each with what is known of every rule. */
export function GateRuns({ name }: { readonly name: string }) {
  const { client } = useSession()
  const runs = useQuery({
    queryKey: ['gate-runs', name],
    queryFn: () => client.gateRuns(name, { limit: mostShown }),
    refetchInterval: pollMs,
  })
  if (runs.isPending) return null
  if (runs.data === undefined) return <ErrorPanel error={runs.error} retry={() => void runs.refetch()} />
  return (
    <section aria-labelledby="gate-runs">
      <h2 id="gate-runs">Runs</h2>
      <TestNow name={name} />
      {runs.data.items.length === 0 && <p className="none">It has not run yet.</p>}
      <ol className="gate-runs">
        {runs.data.items.map((run) => (
          <li key={run.id} className="card">
            <GateRun run={run} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function TestNow({ name }: { readonly name: string }) {
  const { client } = useSession()
  const queries = useQueryClient()
  const may = useMay('submit')
  const start = useMutation({
    mutationFn: () => client.startGateRun(name),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['gate-runs', name] }),
  })
  if (!may) return null
  return (
    <>
      <button type="button" disabled={start.isPending} onClick={() => start.mutate()}>
        Test the latest version now
      </button>
      {start.isError && <ErrorPanel error={start.error} />}
    </>
  )
}

function GateRun({ run }: { readonly run: GateRunView }) {
  const { number, version, trigger, message, units, rules, experiments, createdAt } = run
  return (
    <>
      <h3>
        {number === null ? 'Bisection' : `Run ${number}`}: version {version} <OutcomeMark run={run} />
      </h3>
      <p className="soft">
        {trigger.replaceAll('-', ' ')}, <RelativeTime at={createdAt} />, {units} units
      </p>
      {message !== null && <p className="notice">{message}</p>}
      <ul>
        {rules.map(({ rule, state, reason, unitsNeeded }) => (
          <li key={rule}>
            <b>{rule}</b>: {state}. {reason}
            {unitsNeeded !== null && ` About ${unitsNeeded} more units would decide it.`}
          </li>
        ))}
      </ul>
      <p className="choices">
        {experiments.map(({ experimentId, stage, version: tested }) => (
          <Link key={experimentId} to="/experiments/$id" params={{ id: experimentId }}>
            stage {stage}, version {tested}
          </Link>
        ))}
      </p>
    </>
  )
}
