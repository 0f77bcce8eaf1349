import { renderReportPage, type PageSubject } from '@goalpost/client/report-page'
import { GoalpostError, type ExperimentView, type Manifest } from '@goalpost/contracts'
import { printJson } from '../context.ts'
import { withService } from '../service/connect.ts'
import { resolveExperiment } from '../service/resolve-id.ts'
import type { ServiceApi } from '../service/service-api.ts'
import { standardOutput, writeOutput } from '../output/write-output.ts'
import type { Invocation, Outcome } from './command.ts'

export type ReportOptions = { readonly out?: string; readonly force?: boolean }

/** Tasks whose manifests are asked for: those of one experiment hardly differ. */
const mostManifests = 200
const atATime = 8

/** Writes the report, final or made of what is there so far, as one HTML file that needs nothing else. */
export async function report({
  context,
  global,
  args: [reference = ''],
  options,
}: Invocation<ReportOptions>): Promise<Outcome> {
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const id = await resolveExperiment(api, reference)
      const [experiment, results] = await Promise.all([api.experiment(id), api.results(id)])
      if (results.report === null)
        throw new GoalpostError('state-conflict', `There are no results yet: the experiment is ${results.state}`)
      const page = renderReportPage({ experiment, results, manifests: await readManifests(api, experiment) })
      const { out, force = false } = options
      const [file = ''] = await writeOutput([{ name: fileName(experiment), bytes: page }], { out, force })
      if (file === standardOutput) return
      if (global.json) printJson(context, { file, bytes: Buffer.byteLength(page), status: results.status })
      else context.print(`${file}: ${results.status}, ${(Buffer.byteLength(page) / 1024).toFixed(0)} kB`)
    },
  })
}

function fileName({ name, id }: ExperimentView): string {
  const readable = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  return `${readable === '' ? id : readable}.html`
}

async function readManifests(
  api: ServiceApi,
  { runs, sharedTasks }: ExperimentView,
): Promise<PageSubject['manifests']> {
  const done = [...runs.flatMap(({ tasks }) => tasks), ...sharedTasks].filter(({ state }) => state === 'succeeded')
  const ids = [...new Set(done.map(({ id }) => id))].slice(0, mostManifests)
  const found: Manifest[] = []
  for (let first = 0; first < ids.length; first += atATime) {
    const tasks = await Promise.all(ids.slice(first, first + atATime).map((id) => api.task(id)))
    found.push(...tasks.flatMap(({ manifest }) => manifest ?? []))
  }
  return groupAlike(found)
}

/** Times and hosts apart: two machines of one kind give the same numbers. */
function groupAlike(manifests: readonly Manifest[]): PageSubject['manifests'] {
  const alike = Map.groupBy(manifests, (manifest) => JSON.stringify({ ...manifest, wallMs: 0, host: '' }))
  return [...alike.values()].flatMap((group) =>
    group.slice(0, 1).map((manifest) => ({ tasks: group.length, manifest })),
  )
}
