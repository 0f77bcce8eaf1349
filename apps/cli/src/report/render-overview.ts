import type { Report, VerdictPart } from '@goalpost/contracts'
import { conditionLabels, explainLabels } from '../terminal/condition-labels.ts'
import { formatMargin, formatQuantity } from '../terminal/numbers.ts'
import { renderTable } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { plain, wrap } from '../terminal/text.ts'
import { renderDistribution } from './distribution.ts'
import { sharedThresholds } from './thresholds.ts'

/** With an answer of 15 lines below it, at most 60 in all. */
const mostLines = 44

/** The numbers behind the verdicts side by side, then the differences between seeds, on a screen or two. */
export function renderOverview(terminal: Terminal, report: Report): string[] {
  const { colours, symbols, columns } = terminal
  const head = [colours.bold(plain(report.title)), colours.dim(symbols.rule.repeat(columns))]
  return sections(terminal, report).reduce(
    (lines, section) =>
      section.length === 0 || lines.length + section.length + 1 > mostLines ? lines : [...lines, ...section, ''],
    head,
  )
}

function sections(terminal: Terminal, { parts }: Report): string[][] {
  const verdicts = parts.filter((part): part is VerdictPart => part.type === 'verdict')
  const thresholds = sharedThresholds(verdicts) ?? ''
  const whole = numbersTable(terminal, verdicts, Number.POSITIVE_INFINITY)
  const distribution = parts.find((part) => part.type === 'distribution')
  return [
    whole.length < mostLines / 2 ? whole : numbersTable(terminal, verdicts, 4),
    thresholds === '' ? [] : wrap(thresholds, terminal.columns).map(terminal.colours.dim),
    distribution === undefined ? [] : renderDistribution(terminal, distribution),
  ]
}

/** A column for each condition; those numbers that every verdict has. */
function numbersTable(terminal: Terminal, verdicts: readonly VerdictPart[], most: number): string[] {
  const [first] = verdicts
  if (first === undefined) return []
  const names = first.numbers
    .map(({ name }) => name)
    .filter((name) => verdicts.every(({ numbers }) => numbers.some((number) => number.name === name)))
  const { labels, ...named } = conditionLabels(titlesOf(verdicts).map(plain), {
    width: 16,
    ellipsis: terminal.symbols.ellipsis,
  })
  const rows = names.slice(0, most).map((name) => [
    { text: plain(name) },
    ...verdicts.map(({ numbers }) => {
      const estimate = numbers.find((number) => number.name === name)?.estimate
      if (estimate === undefined) return { text: '' }
      return { text: `${formatQuantity(terminal, estimate.value)} ${formatMargin(terminal, estimate)}`.trimEnd() }
    }),
  ])
  if (rows.length === 0) return []
  const columns = [{ title: '' }, ...labels.map((title) => ({ title, align: 'right' as const }))]
  return [
    ...explainLabels(named).flatMap((text) => wrap(text, terminal.columns).map(terminal.colours.dim)),
    ...renderTable(terminal, { columns, rows }),
  ]
}

/** Conditions, unless some were judged more than once. */
function titlesOf(verdicts: readonly VerdictPart[]): string[] {
  const conditions = verdicts.map(({ condition }) => condition)
  return new Set(conditions).size === conditions.length ? conditions : verdicts.map(({ title }) => title)
}
