import type { ExperimentView, ManifestsView, ResultsView, TrainingView } from '@goalpost/contracts'
import type { PageSubject } from '../page/page-subject.ts'
import { readGlossary } from './read-glossary.ts'

/** What a page is read from, beside the experiment and its results: the API, or what is behind it. */
export type PageSource = Parameters<typeof readGlossary>[0] & {
  training(experimentId: string, query: { readonly maxRuns: number; readonly maxPoints: number }): Promise<TrainingView>
  manifests(experimentId: string): Promise<ManifestsView>
}

const maxPoints = 100

/** Everything that the page of an experiment shows, with the curves of at most `maxRuns` runs. */
export async function readPageSubject(
  source: PageSource,
  { experiment, results }: { readonly experiment: ExperimentView; readonly results: ResultsView },
  maxRuns = 200,
): Promise<PageSubject> {
  const [manifests, training, glossary] = await Promise.all([
    source.manifests(experiment.id),
    source.training(experiment.id, { maxRuns, maxPoints }),
    readGlossary(source, experiment),
  ])
  return { experiment, results, ...manifests, training, glossary }
}
