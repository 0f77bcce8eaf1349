import type { ExperimentView, SeriesView } from '@goalpost/contracts'
import type { PageSubject } from '../page/page-subject.ts'
import { readEach } from './read-each.ts'

type Training = NonNullable<PageSubject['training']>
type Series = { series(taskId: string, query: { readonly maxPoints: number }): Promise<SeriesView> }

/** The most runs whose curves are drawn: the first by condition and seed. */
const maxRuns = 200
const maxPoints = 100

/** The curves of training tasks, partial for running ones. */
export async function readTraining(
  api: Series,
  { runs }: Pick<ExperimentView, 'runs'>,
  max = maxRuns,
): Promise<Training> {
  const tasks = runs.flatMap(({ condition, seed, tasks: own }) =>
    own.filter(({ kind }) => kind === 'train').map(({ id, progress }) => ({ id, condition, seed, progress })),
  )
  const read = await readEach(tasks.slice(0, max), async ({ id, condition, seed }) => {
    const { series } = await api.series(id, { maxPoints })
    return { condition, seed, series }
  })
  const unit = tasks.flatMap(({ progress }) => progress?.unit ?? []).at(0) ?? 'steps'
  return { runs: read, unit, leftOut: tasks.length - read.length }
}
