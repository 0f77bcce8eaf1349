import { isMissing, type VerdictPart } from '@goalpost/contracts'
import { html, type Html } from './html.ts'
import { formatInterval, formatNumber } from './numbers.ts'
import type { Placed } from './page-sections.ts'
import { breakable, prose } from './prose.ts'
import { provisionalMeaning, verdictName } from './verdict-name.ts'
import { thresholdList } from './verdict-thresholds.ts'

type Judged = { readonly part: VerdictPart; readonly anchor: string }
type CardNumber = VerdictPart['numbers'][number]

/** All verdicts of a page, each with the anchor of its card. */
export function verdictsOf(placed: readonly Placed[]): Judged[] {
  return placed.flatMap(({ part, anchor }) => (part.type === 'verdict' ? [{ part, anchor }] : []))
}

/** The answer at a glance: a row for each verdict, and below them the notes they share. */
export function answerTable(judged: readonly Judged[]): Html | null {
  if (judged.length === 0) return null
  const parts = judged.map(({ part }) => part)
  const columns = headlineColumns(parts)
  return html`<div class="wide">
      <table class="answer">
        <thead>
          <tr>
            <th scope="col">condition</th>
            <th scope="col">verdict</th>
            ${columns.map(({ name, help }) => html`<th scope="col" class="number" ${help === undefined ? null : html` title="${help}"`}>${name}</th>`)}
            <th scope="col">seeds</th>
          </tr>
        </thead>
        <tbody>
          ${judged.map((row) => answerRow(row, columns))}
        </tbody>
      </table>
    </div>
    ${readingNotes(columns)}
    ${parts.some(({ provisional }) => provisional) ? html`<p class="note">${provisionalMeaning}</p>` : null}
    ${thresholdList(parts)}`
}

/** The headline numbers. Reports of earlier versions mark none: for them, every number that all verdicts have. */
function headlineColumns(parts: readonly VerdictPart[]): CardNumber[] {
  const all = new Map(parts.flatMap(({ numbers }) => numbers.map((number) => [nameOf(number), number])))
  const headlines = [...all.values()].filter(({ headline }) => headline === true)
  if (headlines.length > 0) return headlines
  return [...all].flatMap(([name, number]) =>
    parts.every(({ numbers }) => numbers.some((candidate) => nameOf(candidate) === name)) ? [number] : [],
  )
}

const nameOf = ({ key, name }: CardNumber) => key ?? name

function answerRow({ part, anchor }: Judged, columns: readonly CardNumber[]): Html {
  return html`<tr class="tone-${part.tone}">
    <th scope="row"><a href="#${anchor}">${breakable(part.title)}</a></th>
    <td>
      <span class="verdict">${verdictName(part)}</span>
      ${part.sentence === undefined ? null : html`<br /><small>${prose(part.sentence)}</small>`}
    </td>
    ${columns.map((column) =>
      numberCell(
        column.name,
        part.numbers.find((number) => nameOf(number) === nameOf(column)),
      ),
    )}
    <td data-label="seeds">${seedsOf(part)}</td>
  </tr> `
}

/** On a narrow screen cells are stacked, each with its label. */
function numberCell(label: string, number: CardNumber | undefined): Html {
  if (number === undefined) return html`<td></td>`
  const { estimate } = number
  if (isMissing(estimate.value))
    return html`<td class="number none" data-label="${label}" title="${estimate.value.missing}">–</td>`
  return html`<td class="number" data-label="${label}">
    ${formatNumber(estimate.value)} <small>${formatInterval(estimate)}</small>
  </td>`
}

/** How many seeds have the condition's class; the title lists the classes of the others. */
function seedsOf({ tally, verdict }: VerdictPart): Html | null {
  const total = Object.values(tally).reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  const all = Object.entries(tally).filter(([, count]) => count > 0)
  const agreeing = tally[verdict] ?? 0
  const others = all.map(([name, count]) => `${count} ${name.replaceAll('-', ' ')}`).join(', ')
  return agreeing === total ? html`${agreeing} of ${total}` : html`<small>${others}</small>`
}

/** The meanings of the table's numbers, if given. */
function readingNotes(columns: readonly CardNumber[]): Html | null {
  const known = columns.filter(({ help }) => help !== undefined)
  if (known.length === 0 || known.length > 4) return null
  return html`<p class="note">
    ${known.map(({ name, help }, index) => html`${index === 0 ? null : ' · '}<b>${name}</b>: ${help ?? ''}`)}
  </p>`
}
