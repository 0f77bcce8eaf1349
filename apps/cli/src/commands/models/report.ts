import type { DeploymentReportView } from '@goalpost/contracts'
import { printJson } from '../../context.ts'
import { standardOutput, writeOutput } from '../../output/write-output.ts'
import { withService } from '../../service/connect.ts'
import { plain } from '../../terminal/text.ts'
import type { Invocation, Outcome } from '../command.ts'
import type { ReportOptions } from '../report.ts'
import { parseVersion } from './parse-version.ts'

/** Writes what was tested of a version, and what was found, as one self-contained HTML file. */
export async function report({
  context,
  global,
  args: [model = '', text = 'latest'],
  options: { out, force = false },
}: Invocation<ReportOptions>): Promise<Outcome> {
  const version = parseVersion(text)
  await withService(context, global, {
    need: 'read',
    async use({ api }) {
      const found = await api.deploymentReport(model, version)
      // The data themselves, unless a file is wanted too.
      if (global.json && out === undefined) return printJson(context, found)
      const bytes = await renderPage(found)
      const [file = ''] = await writeOutput([{ name: `${model}-${found.version}.html`, bytes }], { out, force })
      if (file === standardOutput) return
      if (global.json) return printJson(context, { ...found, file })
      context.print(plain(found.report.summary))
      context.print(`${file}: ${plain(model)} ${found.version}, ${(Buffer.byteLength(bytes) / 1024).toFixed(0)} kB`)
    },
  })
}

async function renderPage({ model, version, step, hash, report: parts }: DeploymentReportView): Promise<string> {
  const { renderPlainPage } = await import('@goalpost/report-view/static')
  const at = step === null ? '' : ` · step ${step.toLocaleString('en-US')}`
  return renderPlainPage({ report: parts, above: `${model} · version ${version}${at}`, below: `SHA-256 ${hash}` })
}
