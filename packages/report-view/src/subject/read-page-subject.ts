import type { ExperimentView, ResultsView } from '@goalpost/contracts'
import type { PageSubject } from '../page/page-subject.ts'
import { readGlossary } from './read-glossary.ts'
import { readManifests } from './read-manifests.ts'
import { readTraining } from './read-training.ts'

/** What a page is read from, beside the experiment and its results: the API, or what is behind it. */
export type PageSource = Parameters<typeof readGlossary>[0] &
  Parameters<typeof readManifests>[0] &
  Parameters<typeof readTraining>[0]

export type PageLimits = {
  /** The most tasks whose manifests are read; the page says how many are left out. */
  readonly manifests?: number
  /** The most runs whose curves are read. */
  readonly runs?: number
}

/** Everything that the page of an experiment shows. */
export async function readPageSubject(
  source: PageSource,
  { experiment, results }: { readonly experiment: ExperimentView; readonly results: ResultsView },
  limits: PageLimits = {},
): Promise<PageSubject> {
  const [manifests, training, glossary] = await Promise.all([
    readManifests(source, experiment, limits.manifests),
    readTraining(source, experiment, limits.runs),
    readGlossary(source, experiment),
  ])
  return { experiment, results, ...manifests, training, glossary }
}
