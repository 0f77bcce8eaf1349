import type { GateRunView, RuleJudgement } from '@goalpost/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { By } from '../design/by.tsx'
import { RelativeTime } from '../design/relative-time.tsx'
import { useMay, useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { PageList } from '../shell/page-list.tsx'
import { sourceOf } from '../shell/read-pages.ts'
import { usePages } from '../shell/use-pages.ts'
import { measuredOn } from './measured-on.ts'
import { OutcomeMark, outcomeTones } from './outcome-mark.tsx'

const pollMs = 5_000
const pageSize = 20

/** The runs of a gate, newest first, each with what is known of every rule. */
export function GateRuns({ name }: { readonly name: string }) {
  const { client } = useSession()
  const runs = usePages(
    ['gate-runs', name],
    sourceOf(
      (query) => client.gateRuns(name, query),
      ({ id }) => id,
      pageSize,
    ),
    {
      refetchInterval: pollMs,
    },
  )
  return (
    <section aria-labelledby="gate-runs">
      <h2 id="gate-runs">Runs</h2>
      <p className="note">
        A rule is measured on the units of its run on which its measure can be read: on a level that cannot be solved,
        none can.
      </p>
      <TestNow name={name} />
      <PageList pages={runs} empty={<p className="none">It has not run yet.</p>}>
        {(items) => (
          <ol className="gate-runs">
            {items.map((run) => (
              <li key={run.id} className={`card ${run.outcome === null ? '' : `tone-${outcomeTones[run.outcome]}`}`}>
                <GateRun run={run} />
              </li>
            ))}
          </ol>
        )}
      </PageList>
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
      {start.isError && <ErrorPanel error={start.error} title="The test was not started" />}
    </>
  )
}

function GateRun({ run }: { readonly run: GateRunView }) {
  const { number, version, trigger, message, units, rules, experiments, createdAt, createdBy } = run
  return (
    <>
      <h3>
        {number === null ? 'Bisection' : `Run ${number}`}: version {version} <OutcomeMark run={run} />
      </h3>
      <p className="soft">
        {trigger.replaceAll('-', ' ')}, <RelativeTime at={createdAt} />
        <By author={createdBy} />, {countOf(units, 'unit')} tested
      </p>
      {message !== null && <p className="notice">{message}</p>}
      <ul>
        {rules.map((judgement) => (
          <li key={judgement.rule}>
            <Judgement judgement={judgement} tested={units} />
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

type JudgementProps = { readonly judgement: RuleJudgement; readonly tested: number }

function Judgement({ judgement, tested }: JudgementProps) {
  const { rule, state, reason, unitsNeeded } = judgement
  const measured = measuredOn(judgement, tested)
  return (
    <>
      <b>{rule}</b> {state === 'open' ? 'is undecided' : state === 'holds' ? 'holds' : 'is violated'}: {reason}
      {measured !== null && `, ${measured}`}
      {unitsNeeded !== null && `; about ${countOf(unitsNeeded, 'more unit')} would decide it`}
    </>
  )
}

const countOf = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
