import { GoalpostError, type ExperimentView } from '@goalpost/contracts'
import { printJson } from '../context.ts'
import { withService } from '../service/connect.ts'
import { resolveExperiment } from '../service/resolve-id.ts'
import { standardOutput, writeOutput } from '../output/write-output.ts'
import type { Invocation, Outcome } from './command.ts'

export type ReportOptions = { readonly out?: string; readonly force?: boolean }

/** Writes the report, final or partial, as one self-contained HTML file. */
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
      const { readPageSubject, renderReportPage } = await import('@goalpost/report-view/static')
      const page = renderReportPage(await readPageSubject(api, { experiment, results }))
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
