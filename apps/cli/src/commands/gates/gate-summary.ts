import type { GateRunView, RuleJudgement } from '@goalpost/contracts'
import { markdownCell, markdownRow } from '../../github/markdown-cell.ts'
import { plural } from '../../terminal/text.ts'

type Checked = { readonly model: string; readonly version: number; readonly runs: readonly GateRunView[] }

const outcomeMarks = { pass: '✅', warn: '⚠️', fail: '❌', undecided: '❔' } as const
const stateMarks = { holds: '✅', violated: '❌', open: '❔' } as const

/** The outcome of every gate for one version, and every rule, in GitHub's Markdown, for the summary of a workflow's step. */
export function gateSummary({ model, version, runs }: Checked): string {
  return [
    `### ${markdownCell(model)} ${version}: ${plural(runs.length, 'gate')}`,
    '',
    ...runs.flatMap(describe),
    '',
  ].join('\n')
}

function describe({ gate, outcome, message, units, rules }: GateRunView): string[] {
  const headline = outcome === null ? 'not ended' : `${outcomeMarks[outcome]} ${outcome}`
  return [
    `**${markdownCell(gate)}**: ${headline}, ${units.toLocaleString('en-US')} units`,
    '',
    ...(message === null ? [] : [markdownCell(message), '']),
    ...(rules.length === 0 ? [] : ['| | rule | from the line | why |', '|---|---|---|---|', ...rules.map(ruleRow), '']),
  ]
}

function ruleRow({ rule, state, reason, difference, units, unitsNeeded }: RuleJudgement): string {
  const distance =
    difference === null
      ? ''
      : `${difference.value.toFixed(2)} (${difference.low.toFixed(2)} to ${difference.high.toFixed(2)}), n = ${units.toLocaleString('en-US')}`
  const more = unitsNeeded === null ? '' : `; about ${plural(unitsNeeded, 'more unit')} would decide`
  return markdownRow([stateMarks[state], rule, distance, `${reason}${more}`])
}
