import type { ExperimentView } from '@goalpost/contracts'
import { failureSentence, taskFailures } from '@goalpost/report-view'

const mostListed = 5

/** Why tasks failed, the most frequent reason first; nothing where none did. */
export function FailurePanel({ experiment }: { readonly experiment: ExperimentView }) {
  const failures = taskFailures(experiment)
  if (failures.length === 0) return null
  const more = failures.length - mostListed
  return (
    <section className="panel failures" aria-labelledby="failures">
      <h2 id="failures">What failed</h2>
      <ul>
        {failures.slice(0, mostListed).map((failure) => (
          <li key={failure.message}>{failureSentence(failure)}</li>
        ))}
      </ul>
      {more > 0 && (
        <p className="note">And {more === 1 ? 'one more reason' : `${more} more reasons`}: see the runs below.</p>
      )}
    </section>
  )
}
