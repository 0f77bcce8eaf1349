import type { PreviewView } from '@goalpost/contracts'
import type { UseQueryResult } from '@tanstack/react-query'
import { roughDuration } from '../design/format-time.ts'
import { explainError } from '../shell/explain-error.ts'
import { GoalpostError } from '@goalpost/contracts'

/** What would run, what it costs, and what speaks against it. */
export function PreviewPanel({ preview }: { readonly preview: UseQueryResult<PreviewView> }) {
  const { data, error, isFetching } = preview
  return (
    <section className="panel preview" aria-labelledby="preview" aria-busy={isFetching}>
      <h2 id="preview">Preview</h2>
      {error !== null ? (
        <Refusal error={error} />
      ) : data === undefined ? (
        <p className="soft">What would run appears here.</p>
      ) : (
        <Facts preview={data} />
      )}
    </section>
  )
}

function Refusal({ error }: { readonly error: unknown }) {
  const issues = error instanceof GoalpostError ? error.issues : []
  return (
    <div role="status">
      <p className="problem">{explainError(error)}</p>
      <ul>
        {issues.map(({ pointer, message, remedy }) => (
          <li key={pointer + message}>
            <code>{pointer}</code> {message}
            {remedy !== undefined && `. ${remedy}`}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Facts({ preview }: { readonly preview: PreviewView }) {
  const { resolved, runs, tasks, reused, work, estimatedSeconds, warnings } = preview
  const total = Object.values(tasks).reduce((sum, count) => sum + count, 0)
  return (
    <>
      <dl>
        <dt>Conditions</dt>
        <dd>{resolved.conditions.map(({ name }) => name).join(', ')}</dd>
        <dt>Runs</dt>
        <dd>
          {runs} ({resolved.conditions.length} × {resolved.seeds.length} seeds)
        </dd>
        <dt>Tasks</dt>
        <dd>
          {total}
          {reused > 0 && `, ${reused} of them already computed`}
        </dd>
        <dt>Work</dt>
        <dd>
          {Object.entries(work)
            .map(([unit, amount]) => `${amount.toLocaleString('en')} ${unit}`)
            .join(', ')}
        </dd>
        <dt>Time</dt>
        <dd>
          {typeof estimatedSeconds === 'number'
            ? roughDuration(estimatedSeconds)
            : `unknown: ${estimatedSeconds.missing}`}
        </dd>
      </dl>
      {warnings.map(({ condition, message }) => (
        <p key={`${condition} ${message}`} className="notice">
          {condition !== null && <b>{condition}: </b>}
          {message}
        </p>
      ))}
    </>
  )
}
