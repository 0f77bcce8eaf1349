import type { ExperimentView, ResultsView } from '@goalpost/contracts'
import type { Context } from '../context.ts'
import { appendSummary } from '../github/step-summary.ts'
import { writeOutput } from '../output/write-output.ts'
import { checkResults } from './check-results.ts'
import { expectationLines } from './expectation-lines.ts'
import { githubSummary } from './github-summary.ts'
import { junitXml } from './junit-xml.ts'
import type { VerdictUse } from './read-expectations.ts'

/** The exit code if a verdict is not as expected. */
export const unmetExit = 13

type Ended = { readonly view: ExperimentView; readonly results: ResultsView }

/**
 * Writes the files and prints the comparison with the expectations: beside the results, or on standard error if
 * standard output is for programs. Returns the exit code, 0 or 13.
 */
export async function useVerdicts(
  context: Context,
  { view, results }: Ended,
  { use, quiet }: { readonly use: VerdictUse; readonly quiet: boolean },
): Promise<number> {
  const checked = checkResults(view, results, use.expectations)
  if (use.junit !== null)
    await writeOutput([{ name: 'junit.xml', bytes: junitXml(view, checked) }], { out: use.junit, force: true })
  if (use.summary !== null) await appendSummary(use.summary, githubSummary(view, checked))
  const lines = expectationLines(context.terminal, checked)
  if (lines.length > 0 && !quiet) context.print('')
  for (const line of lines) (quiet ? context.note : context.print)(line)
  return checked.some(({ unmet }) => unmet.length > 0) ? unmetExit : 0
}
