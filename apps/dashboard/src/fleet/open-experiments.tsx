import type { ExperimentSummary } from '@goalpost/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ExperimentStateMark } from '../design/experiment-state-mark.tsx'
import { TaskProgress } from '../design/task-progress.tsx'
import { useSession } from '../session/session.ts'
import { ErrorPanel } from '../shell/error-panel.tsx'
import { QueryProblem } from '../shell/query-problem.tsx'

const pollMs = 4_000
const mostShown = 20

/** Experiments that have not ended, each with the reason why it waits. */
export function OpenExperiments() {
  const { client } = useSession()
  const open = useQuery({
    queryKey: ['open-experiments'],
    queryFn: async () => {
      const pages = await Promise.all(
        (['running', 'waiting'] as const).map((state) => client.experiments({ state, limit: mostShown })),
      )
      return {
        items: pages.flatMap(({ items }) => items),
        isCut: pages.some(({ nextCursor }) => nextCursor !== null),
      }
    },
    refetchInterval: pollMs,
  })
  if (open.isPending) return null
  if (open.data === undefined) return <ErrorPanel error={open.error} retry={() => void open.refetch()} />
  return (
    <section aria-labelledby="open">
      <h2 id="open">What runs and waits</h2>
      {open.data.items.length === 0 ? (
        <p className="none">Nothing: every experiment has ended.</p>
      ) : (
        <ul className="open">
          {open.data.items.map((experiment) => (
            <OpenExperiment key={experiment.id} experiment={experiment} />
          ))}
        </ul>
      )}
      {open.data.isCut && (
        <p className="note">
          The newest {mostShown} that run and that wait are shown here.{' '}
          <Link to="/experiments" search={{ sort: 'state' }}>
            All experiments, running ones first
          </Link>
        </p>
      )}
    </section>
  )
}

function OpenExperiment({ experiment }: { readonly experiment: ExperimentSummary }) {
  const { id, name, tasks } = experiment
  const { client } = useSession()
  const view = useQuery({ queryKey: ['experiment', id], queryFn: () => client.experiment(id), refetchInterval: pollMs })
  return (
    <li>
      <Link to="/experiments/$id" params={{ id }}>
        {name}
      </Link>{' '}
      <ExperimentStateMark experiment={experiment} /> <TaskProgress tasks={tasks} />
      <QueryProblem of={view} what="What it waits for" />
      {view.data?.notices.map((notice) => (
        <p key={notice} className="notice">
          {notice}
        </p>
      ))}
    </li>
  )
}
