import type { ExperimentState, VerdictSummary } from '@goalpost/contracts'

const unjudged: Readonly<Record<ExperimentState, string>> = {
  waiting: 'not judged yet',
  running: 'not judged yet',
  failed: 'failed',
  cancelled: 'cancelled',
  succeeded: 'not judged',
}

/** What to say of a condition of which no replicate was evaluated. */
export function unjudgedText(state: ExperimentState): string {
  return unjudged[state]
}

/** How many replicates have the verdict by themselves. Where none can, as some verdicts are only about all of them: how many there are. */
export function countText({ agreeing, total }: Pick<VerdictSummary, 'agreeing' | 'total'>): string {
  return agreeing > 0 ? `${agreeing}/${total}` : `n = ${total}`
}
