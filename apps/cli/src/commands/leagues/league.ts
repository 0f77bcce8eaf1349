import { GoalpostError, type LeagueView } from '@goalpost/contracts'
import { printJson, printLines, type Context } from '../../context.ts'
import { csvLines } from '../../output/data-table.ts'
import { writeParquet } from '../../output/parquet.ts'
import { standardOutput, writeOutput } from '../../output/write-output.ts'
import { renderReport } from '../../report/render-report.ts'
import { withService } from '../../service/connect.ts'
import type { ServiceApi } from '../../service/service-api.ts'
import { readSpec, type SpecFile } from '../../spec-file/read-spec.ts'
import { plain } from '../../terminal/text.ts'
import { followExperiment } from '../../watch/follow.ts'
import type { Invocation, Outcome } from '../command.ts'
import type { ReportOptions } from '../report.ts'
import { interruptedExit } from '../run.ts'
import { leagueData } from './league-data.ts'
import { runInTurn } from './run-in-turn.ts'

export type LeagueOptions = ReportOptions & { readonly csv?: boolean; readonly parquet?: string }

/** Runs the searches of spec files, one after the other, and puts them and named experiments together. */
export async function league({ context, global, args, options }: Invocation<LeagueOptions>): Promise<Outcome> {
  const operands: (SpecFile | string)[] = []
  for (const arg of args) operands.push(isFile(arg) ? await readSpec(arg) : arg)
  const compute = operands.some((operand) => typeof operand !== 'string')
  return withService(context, global, {
    need: compute ? 'compute' : 'read',
    async use({ api }) {
      const follow = async (id: string) => !compute || followToEnd(context, api, id)
      const ids = await runInTurn(api, operands, follow)
      if (ids === null) return interruptedExit
      const found = await api.league({ experiments: ids })
      if (options.csv === true) return printLines(context, csvLines(leagueData(found)))
      if (options.parquet !== undefined)
        return writeParquet(context, leagueData(found), { out: options.parquet, force: options.force ?? false })
      if (options.out !== undefined) await writePage(context, found, options)
      else if (global.json) printJson(context, found)
      else printLines(context, renderReport(context.terminal, found.report))
    },
  })
}

export const isFile = (operand: string) => /\.(ya?ml|json)$/i.test(operand)

/** False if the user interrupts: the experiment stays. */
async function followToEnd(context: Context, api: ServiceApi, id: string): Promise<boolean> {
  const { view, ended } = await followExperiment(context, api, { id })
  if (ended !== 'by itself') return false
  if (view.state !== 'succeeded')
    throw new GoalpostError('experiment-failed', `${view.name} ${view.state}: a league needs its results`)
  context.note(`${plain(view.name)} has ended`)
  return true
}

async function writePage({ print }: Context, { report, experiments }: LeagueView, options: ReportOptions) {
  const { renderPlainPage } = await import('@goalpost/report-view/static')
  const names = experiments.map(({ name }) => name).join(', ')
  const ids = experiments.map(({ id }) => id).join(', ')
  const bytes = renderPlainPage({ report, above: names, below: ids })
  const { out, force = false } = options
  const [file = ''] = await writeOutput([{ name: 'league.html', bytes }], { out, force })
  if (file !== standardOutput) print(`${file}: ${names}`)
}
