import type { PreviewView } from '@goalpost/contracts'
import type { UseQueryResult } from '@tanstack/react-query'
import { roughDuration } from '../design/format-time.ts'
import { explainError } from '../shell/explain-error.ts'
import { Prose } from '../design/prose.tsx'
import { focusField } from './form.ts'
import { issuesOf, issueText } from './spec-issues.ts'

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

/** What is wrong; each place leads to its field. */
function Refusal({ error }: { readonly error: unknown }) {
  const issues = issuesOf(error)
  return (
    <div role="status">
      <p className="problem">{issues.length === 0 ? explainError(error) : countOf(issues.length)}</p>
      <ul>
        {issues.map((issue) => (
          <li key={issue.pointer + issue.message}>
            <button
              type="button"
              className="small place"
              title="Go to the field"
              onClick={() => focusField(issue.pointer)}
            >
              {issue.pointer}
            </button>{' '}
            <Prose text={issueText(issue)} />
          </li>
        ))}
      </ul>
    </div>
  )
}

const countOf = (faults: number): string =>
  `This cannot be submitted yet: ${faults === 1 ? 'one thing is' : `${faults} things are`} wrong.`

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
