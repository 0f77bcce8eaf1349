import type { RunEvidence } from '@goalpost/experiments'

/**
 * How runs ended of which none succeeded, e.g. `all 5 runs failed` or `3 runs failed, 2 were cancelled`: why there is nothing to
 * judge. Null while a run may still succeed, or if one has.
 */
export function describeEnded(runs: readonly Pick<RunEvidence, 'state'>[]): string | null {
  const count = (state: RunEvidence['state']) => runs.filter((run) => run.state === state).length
  const [failed, cancelled] = [count('failed'), count('cancelled')]
  if (runs.length === 0 || failed + cancelled < runs.length) return null
  if (runs.length === 1) return failed === 1 ? 'the run failed' : 'the run was cancelled'
  if (cancelled === 0) return `all ${failed} runs failed`
  if (failed === 0) return `all ${cancelled} runs were cancelled`
  return `${failed} ${failed === 1 ? 'run' : 'runs'} failed, ${cancelled} ${cancelled === 1 ? 'was' : 'were'} cancelled`
}

/** As a sentence of its own. */
export function endedSentence(ended: string): string {
  return `${ended.charAt(0).toUpperCase()}${ended.slice(1)}.`
}
