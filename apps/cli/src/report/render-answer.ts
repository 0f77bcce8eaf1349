import type { Report, VerdictPart } from '@goalpost/contracts'
import { conditionLabels, explainLabels } from '../terminal/condition-labels.ts'
import { prose } from '../terminal/prose.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { paintTone } from '../terminal/terminal.ts'
import { displayWidth, pad, plain, truncate, wrap } from '../terminal/text.ts'
import { renderTablePart } from './table-part.ts'
import { provisionalText } from './verdict-card.ts'
import { verdictSentence } from './verdict-sentence.ts'

/** The most lines for all sentences, so that the answer fits on a small screen. */
const mostLines = 7

/** One plain sentence for each condition; the summary if a report has no verdicts. */
export function renderAnswer(terminal: Terminal, report: Report): string[] {
  return [...renderSentences(terminal, report), ...renderLeadingTable(terminal, report)]
}

/** A report that begins with a table, such as that of a search, has its answer there. */
function renderLeadingTable(terminal: Terminal, { parts: [first] }: Report): string[] {
  return first?.type === 'table' ? ['', ...renderTablePart(terminal, { ...first, notes: [] })] : []
}

function renderSentences(terminal: Terminal, report: Report): string[] {
  const verdicts = report.parts.filter((part): part is VerdictPart => part.type === 'verdict')
  if (verdicts.length === 0) return wrap(prose(terminal, report.summary), terminal.columns).slice(0, mostLines)
  const shown = verdicts.length <= mostLines ? verdicts : verdicts.slice(0, mostLines - 1)
  const width = Math.min(34, Math.floor(terminal.columns / 3))
  const { labels, ...named } = conditionLabels(
    verdicts.map(({ title }) => plain(title)),
    { width, ellipsis: terminal.symbols.ellipsis },
  )
  const labelWidth = Math.max(...labels.slice(0, shown.length).map(displayWidth))
  const linesEach = Math.max(1, Math.floor(mostLines / verdicts.length))
  const lines = shown.flatMap((part, index) =>
    renderSentence(terminal, part, { label: pad(labels[index] ?? '', labelWidth), lines: Math.min(2, linesEach) }),
  )
  const notes = [
    ...(verdicts.some(({ provisional }) => provisional) ? [provisionalText] : []),
    ...explainLabels(named).slice(0, 1),
  ]
  return [...lines, ...countRest(verdicts.slice(shown.length)), ...notes.map((text) => dim(terminal, text))]
}

function dim({ colours, columns, symbols }: Terminal, text: string): string {
  return colours.dim(truncate(text, columns, symbols.ellipsis))
}

function renderSentence(
  terminal: Terminal,
  part: VerdictPart,
  { label, lines }: { readonly label: string; readonly lines: number },
): string[] {
  const { colours, columns, symbols } = terminal
  const head = `${symbols.tones[part.tone]} ${label}  `
  const room = columns - displayWidth(head)
  const wrapped = wrap(verdictSentence(terminal, part), room)
  const kept = wrapped.slice(0, lines)
  const last = kept.length - 1
  if (wrapped.length > lines) kept[last] = truncate(wrapped.slice(last).join(' '), room, symbols.ellipsis)
  const [first = '', ...others] = kept
  return [
    paintTone(terminal, part.tone, colours.bold(head)) + first,
    ...others.map((line) => ' '.repeat(displayWidth(head)) + line),
  ]
}

function countRest(rest: readonly VerdictPart[]): string[] {
  if (rest.length === 0) return []
  const counts = [...Map.groupBy(rest, ({ verdict }) => verdict)].map(
    ([verdict, parts]) => `${parts.length} ${plain(verdict).replaceAll('-', ' ')}`,
  )
  return [`  and ${rest.length} more: ${counts.join(', ')}`]
}
