import type { ExperimentView, Manifest, TaskView } from '@goalpost/contracts'
import type { PageSubject } from '../page/page-subject.ts'
import { readEach } from './read-each.ts'

type Asked = Pick<ExperimentView, 'runs' | 'sharedTasks'>
type Tasks = { task(id: string): Promise<Pick<TaskView, 'manifest'>> }

/** One request each; the default rate limit is 6,000 requests per minute. */
const maxManifests = 5_000

/** The manifests of an experiment's tasks; shared tasks count once. */
export async function readManifests(
  api: Tasks,
  { runs, sharedTasks }: Asked,
  max = maxManifests,
): Promise<Pick<PageSubject, 'manifests' | 'manifestsLeftOut'>> {
  const done = [...runs.flatMap(({ tasks }) => tasks), ...sharedTasks].filter(({ state }) => state === 'succeeded')
  const ids = [...new Set(done.map(({ id }) => id))]
  const tasks = await readEach(ids.slice(0, max), (id) => api.task(id))
  const found = tasks.flatMap(({ manifest }) => manifest ?? [])
  return { manifests: groupAlike(found), manifestsLeftOut: ids.length - found.length }
}

/** Without times and hosts: machines of one kind are equivalent for reproducing the numbers. */
function groupAlike(manifests: readonly Manifest[]): PageSubject['manifests'] {
  const alike = Map.groupBy(manifests, (manifest) => JSON.stringify({ ...manifest, wallMs: 0, host: '' }))
  return [...alike.values()].flatMap((group) =>
    group.slice(0, 1).map((manifest) => ({ tasks: group.length, manifest })),
  )
}
