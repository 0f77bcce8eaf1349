import type { ExperimentView, ProtocolView } from '@goalpost/contracts'
import { Link } from '@tanstack/react-router'
import { NothingRecorded } from '../replay/nothing-recorded.tsx'
import { keepsEpisodes } from '../replay/recorded-conditions.ts'
import { useMay } from '../session/session.ts'
import { QueryProblem } from '../shell/query-problem.tsx'
import { useProtocol } from './use-protocol.ts'

/** Links to the episodes of each condition and seed that has ended, if the protocol can replay them. */
export function EpisodeLinks({ experiment }: { readonly experiment: ExperimentView }) {
  const { id, protocol, runs, resolved } = experiment
  const read = useProtocol(protocol)
  const mayReplay = useMay('submit')
  const ended = runs.filter(({ state }) => state === 'succeeded')
  if (ended.length === 0) return null
  // Also in the place of what else is made of this answer.
  if (read.data === undefined) return <QueryProblem of={read} what={`What the protocol ${protocol} can show`} />
  if (!canReplay(read.data)) return null
  const recorded = ended.filter(({ condition }) => keepsEpisodes(resolved, condition))
  return (
    <section aria-labelledby="episodes">
      <h2 id="episodes">Episodes</h2>
      {recorded.length === 0 ? (
        <NothingRecorded experimentId={id} />
      ) : mayReplay ? (
        <>
          <p className="note">What the trained agents did after the shift, step by step.</p>
          <LinksByCondition experiment={experiment} ended={recorded} />
        </>
      ) : (
        <p className="note">
          What the trained agents did after the shift can be watched step by step by keys with the scope{' '}
          <code>submit</code>; yours may only read.
        </p>
      )}
    </section>
  )
}

type LinksProps = { readonly experiment: ExperimentView; readonly ended: ExperimentView['runs'] }

function LinksByCondition({ experiment, ended }: LinksProps) {
  return (
    <dl className="episodes">
      {[...Map.groupBy(ended, (run) => run.condition)].map(([condition, runs]) => (
        <div key={condition}>
          <ConditionName condition={condition} experiment={experiment} />
          <dd>
            {runs.map(({ seed }) => (
              <Link
                key={seed}
                to="/experiments/$id/replay"
                params={{ id: experiment.id }}
                search={{ condition, seed }}
                aria-label={`Watch ${condition}, seed ${seed}`}
              >
                seed {seed}
              </Link>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  )
}

const canReplay = ({ tools }: ProtocolView): boolean =>
  tools.some(({ group, name }) => group === 'levels' && name === 'replay')

type Named = { readonly condition: string; readonly experiment: ExperimentView }

function ConditionName({ condition, experiment: { verdicts } }: Named) {
  return (
    <dt>
      {condition}
      {verdicts
        .filter((verdict) => verdict.condition === condition)
        .map(({ name, title }) => (
          <small key={title}> {name.replaceAll('-', ' ')}</small>
        ))}
    </dt>
  )
}
