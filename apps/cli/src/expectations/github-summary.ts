import type { Estimate, ExperimentView } from '@goalpost/contracts'
import { isMissing } from '@goalpost/contracts'
import { markdownCell, markdownRow } from '../github/markdown-cell.ts'
import { plural } from '../terminal/text.ts'
import type { Checked } from './check-results.ts'

type Summarised = Pick<ExperimentView, 'id' | 'name' | 'state'>

/** The verdicts as a table in GitHub's Markdown, for the summary of a workflow's step. */
export function githubSummary(view: Summarised, checked: readonly Checked[]): string {
  const rows = checked.map((each) => {
    const { title, verdict } = each
    const provisional = verdict?.provisional === true ? ' (provisional)' : ''
    return [mark(each), title, `${verdict?.name ?? 'none'}${provisional}`, explain(each), numbers(verdict)]
  })
  return [
    `### ${markdownCell(view.name)}: ${headline(view, checked)}`,
    '',
    '| | condition | verdict | finding | numbers |',
    '|---|---|---|---|---|',
    ...rows.map(markdownRow),
    '',
    `Experiment \`${view.id}\``,
    '',
  ].join('\n')
}

function headline({ state }: Summarised, checked: readonly Checked[]): string {
  const expected = checked.filter((each) => each.checked)
  const missed = expected.filter(({ unmet }) => unmet.length > 0).length
  const ended = state === 'succeeded' ? [] : [`the experiment is ${state}`]
  if (expected.length === 0) return [...ended, plural(checked.length, 'verdict')].join(', ')
  const result = missed === 0 ? 'as expected' : `${missed} of ${plural(expected.length, 'verdict')} not as expected`
  return [...ended, result].join(', ')
}

function mark({ checked, unmet }: Checked): string {
  if (unmet.length > 0) return '❌'
  return checked ? '✅' : ''
}

function explain({ verdict, unmet }: Checked): string {
  const finding = verdict === null ? '' : (verdict.sentence ?? verdict.reason)
  return [...unmet, finding].filter((text) => text !== '').join('. ')
}

/** The headline numbers; a cell with all of them would be unreadable. */
function numbers(verdict: Checked['verdict']): string {
  const chosen = (verdict?.numbers ?? []).filter(({ headline: first }) => first === true)
  return chosen.map(({ name, estimate }) => `${name} ${estimateText(estimate)}`).join('; ')
}

function estimateText({ value, low, high }: Estimate): string {
  if (isMissing(value)) return `missing (${value.missing})`
  const interval = low === undefined || high === undefined ? '' : ` [${low.toFixed(2)}, ${high.toFixed(2)}]`
  return `${value.toFixed(2)}${interval}`
}
