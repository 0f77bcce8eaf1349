import type { ExperimentView } from '@goalpost/contracts'
import { failureSentence, taskFailures } from '@goalpost/report-view'
import type { Context } from '../context.ts'
import { plain, plural } from '../terminal/text.ts'

const mostReasons = 3

type Tasks = Pick<ExperimentView, 'runs' | 'sharedTasks'>

/** Why tasks failed; empty if none did. Never cut: a reason ends with its remedy. */
export function failureLines({ terminal }: Context, view: Tasks): string[] {
  const { colours, symbols } = terminal
  const failures = taskFailures(view)
  const hidden = failures.length - mostReasons
  return [
    ...failures
      .slice(0, mostReasons)
      .map((failure) => colours.red(`${symbols.states.failed} ${plain(failureSentence(failure))}`)),
    ...(hidden > 0 ? [colours.dim(`  and ${plural(hidden, 'other reason')}: goalpost show --tasks`)] : []),
  ]
}

/** For an error or a last line: the most frequent reason, or null. */
export function firstFailure(view: Tasks): string | null {
  const [first] = taskFailures(view)
  return first === undefined ? null : plain(failureSentence(first))
}
