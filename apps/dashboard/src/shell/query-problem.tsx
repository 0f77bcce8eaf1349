import type { UseQueryResult } from '@tanstack/react-query'
import { explainError } from './explain-error.ts'

type Props = {
  /** Several: the first that failed counts. */
  readonly of: Failing | readonly Failing[]
  /** E.g. `The list of experiments`. */
  readonly what: string
}
type Failing = Pick<UseQueryResult, 'data' | 'error' | 'refetch'>

/** One line where a small part of a page could not be read, and a button to read it again; nothing where it could. */
export function QueryProblem({ of, what }: Props) {
  const failed = [of].flat().filter(({ data, error }) => data === undefined && error !== null)
  const [first] = failed
  if (first === undefined) return null
  return (
    <p role="alert" className="problem query-problem">
      {what} could not be loaded: {explainError(first.error)}{' '}
      <button type="button" className="small" onClick={() => failed.forEach(({ refetch }) => void refetch())}>
        Try again
      </button>
    </p>
  )
}
