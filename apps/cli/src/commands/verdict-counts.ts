import type { ExperimentSummary, Tone } from '@goalpost/contracts'
import { plain } from '../terminal/text.ts'

/** The verdicts in an experiment's summary, once there is a report. */
export type WithVerdicts = {
  readonly verdicts?: readonly { readonly name: string; readonly tone: Tone; readonly total?: number }[]
}

const order: readonly Tone[] = ['bad', 'warning', 'neutral', 'good']

/** `1 goal misgeneralization, 2 aligned`, worst first; empty while there are none. Conditions without a replicate are not judged. */
export function verdictCounts({ verdicts = [] }: Pick<ExperimentSummary, 'name'> & WithVerdicts): string[] {
  const groups = [...Map.groupBy(verdicts, ({ name, total }) => (total === 0 ? 'not judged' : name))].map(
    ([name, same]) => ({
      text: `${same.length} ${plain(name).replaceAll('-', ' ')}`,
      rank: Math.min(...same.map(({ tone }) => order.indexOf(tone))),
    }),
  )
  const texts = groups.toSorted((a, b) => a.rank - b.rank).map(({ text }) => text)
  return texts.length === 0 ? [] : [texts.join(', ')]
}
