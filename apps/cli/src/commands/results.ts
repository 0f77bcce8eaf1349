import { GoalpostError, hasExpectations, type Expectations, type ExperimentView } from '@goalpost/contracts'
import { printJson, printLines } from '../context.ts'
import type { ExpectationOptions } from '../expectations/expectation-options.ts'
import { readExpectations } from '../expectations/read-expectations.ts'
import { refuseUnknownNames } from '../expectations/refuse-unknown-names.ts'
import { useVerdicts } from '../expectations/use-verdicts.ts'
import { withService } from '../service/connect.ts'
import type { ServiceApi } from '../service/service-api.ts'
import { resolveExperiment, shortId } from '../service/resolve-id.ts'
import { csvLines } from '../output/data-table.ts'
import { writeParquet } from '../output/parquet.ts'
import type { Invocation, Outcome } from './command.ts'
import { hasEnded } from '../watch/follow.ts'
import { firstFailure } from './failure-lines.ts'
import { resultsData, resultsForCsv } from './results-data.ts'
import { showResults } from './show-results.ts'

export type ResultsOptions = ExpectationOptions & {
  readonly full?: boolean
  readonly csv?: boolean
  readonly parquet?: string
  readonly force?: boolean
}

/** The report, final or partial. */
export async function results({
  context,
  global,
  args: [reference = ''],
  options: { full = false, csv = false, parquet, force = false, ...expected },
}: Invocation<ResultsOptions>): Promise<Outcome> {
  const use = readExpectations(context, expected)
  return withService(context, global, {
    need: 'read',
    async use({ api }) {
      const id = await resolveExperiment(api, reference)
      const view = await api.experiment(id)
      if (hasExpectations(use.expectations)) await checkNames(api, view, use.expectations)
      const found = await api.results(id)
      if (global.json) printJson(context, found)
      else if (csv) printLines(context, csvLines(resultsForCsv(found)))
      else if (parquet !== undefined) await writeParquet(context, resultsData(found), { out: parquet, force })
      else if (found.report === null)
        throw new GoalpostError(
          'state-conflict',
          withReason(`There are no results yet: the experiment is ${found.state}`, view),
        )
      else {
        if (found.status === 'partial')
          context.note(context.terminal.colours.yellow(`Not final: the experiment is ${found.state}`))
        showResults(context, global, { view, results: found, full })
      }
      return useVerdicts(context, { view, results: found }, { use, quiet: global.json || csv || parquet !== undefined })
    },
  })
}

function withReason(message: string, view: ExperimentView): string {
  const reason = firstFailure(view)
  return reason === null ? message : `${message}. ${reason}`
}

async function checkNames(api: ServiceApi, view: ExperimentView, expectations: Expectations): Promise<void> {
  if (!hasEnded(view)) {
    throw new GoalpostError(
      'state-conflict',
      `Expectations are checked at the end, and the experiment is ${view.state}. Wait with: npx goalpost watch ${shortId(view.id)}`,
    )
  }
  const conditions = view.resolved.conditions.map(({ name }) => name)
  refuseUnknownNames(expectations, { conditions, protocol: await api.protocol(view.protocol) })
}
