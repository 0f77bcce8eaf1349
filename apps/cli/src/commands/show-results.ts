import type { ExperimentView, ResultsView } from '@goalpost/contracts'
import { printLines, type Context, type GlobalOptions } from '../context.ts'
import { renderAnswer } from '../report/render-answer.ts'
import { renderOverview } from '../report/render-overview.ts'
import { renderReport } from '../report/render-report.ts'
import { shortenHashes } from '../report/shorten-hashes.ts'
import { furtherCommands, summaryLine } from './describe-experiment.ts'
import { failureLines } from './failure-lines.ts'

export type ResultsShown = {
  readonly view: ExperimentView
  readonly results: ResultsView
  /** The whole report instead of a screen or two. */
  readonly full: boolean
}

/** The report, then the answer, as the end of the output stays visible. */
export function showResults(context: Context, global: GlobalOptions, { view, results, full }: ResultsShown): void {
  const { terminal } = context
  const report = results.report === null ? null : shortenHashes(terminal, results.report)
  const lines =
    report === null
      ? []
      : [
          ...(full
            ? [
                ...renderReport(terminal, report),
                '',
                terminal.colours.dim('Hashes are shortened; --json has them whole.'),
                '',
              ]
            : renderOverview(terminal, report)),
          ...renderAnswer(terminal, report),
          '',
        ]
  printLines(context, [
    ...lines,
    summaryLine(context, view),
    ...failureLines(context, view),
    ...furtherCommands(context, view, { ...global, full }),
  ])
}
