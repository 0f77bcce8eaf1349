import type { InputIssue, PreviewView } from '@goalpost/contracts'
import type { UseQueryResult } from '@tanstack/react-query'
import { roughDuration } from '../design/format-time.ts'
import { explainError } from '../shell/explain-error.ts'
import { Prose } from '../design/prose.tsx'
import { focusField } from './form.ts'
import { issuesOf, issueText } from './spec-issues.ts'

/** What would run, what it costs, and what speaks against it. */
export function PreviewPanel({ preview }: { readonly preview: UseQueryResult<PreviewView> }) {
  const { data, error, isFetching, refetch } = preview
  return (
    <section className="panel preview" aria-labelledby="preview" aria-busy={isFetching}>
      <h2 id="preview">Preview</h2>
      {error !== null ? (
        <Problem error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <p className="soft">What would run appears here.</p>
      ) : (
        <Facts preview={data} />
      )}
    </section>
  )
}

/** What is wrong with the spec, or why nobody knows. */
function Problem({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const issues = issuesOf(error)
  if (issues.length > 0) return <Refusal issues={issues} />
  return (
    <div role="alert">
      <p className="problem">{explainError(error)}</p>
      <button type="button" onClick={retry}>
        Try again
      </button>
    </div>
  )
}

/** Each place leads to its field. */
function Refusal({ issues }: { readonly issues: readonly InputIssue[] }) {
  return (
    <div role="status">
      <p className="problem">{countOf(issues.length)}</p>
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
