import type { ExperimentView } from '@goalpost/contracts'
import { Link } from '@tanstack/react-router'
import { useProtocol } from '../experiment/use-protocol.ts'
import { sampleTasks } from './sample-tasks.ts'

/** Links to the tasks of each condition whose samples can be read one by one, if the protocol stores some. */
export function SampleLinks({ experiment }: { readonly experiment: ExperimentView }) {
  const kinds = useProtocol(experiment.protocol).data?.sampleTasks ?? []
  const conditions = sampleTasks(experiment, kinds)
  if (conditions.length === 0) return null
  return (
    <section aria-labelledby="sample-links">
      <h2 id="sample-links">Samples</h2>
      <p className="note">What the models were asked, prompt by prompt, and what they made of it.</p>
      <dl className="episodes">
        {conditions.map(({ condition, tasks }) => (
          <div key={condition}>
            <dt>{condition}</dt>
            <dd>
              {tasks.map(({ id, name }) => (
                <Link
                  key={name}
                  to="/tasks/$id"
                  params={{ id }}
                  aria-label={`Read the samples of ${condition}, ${name}`}
                >
                  {name}
                </Link>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
