import { isMissing, type VerdictPart } from '@goalpost/contracts'
import { createElement as h, Fragment } from 'react'
import { formatInterval, formatNumber } from '../numbers.ts'
import { breakable, prose } from '../prose.ts'
import type { Placed } from '../sections.ts'
import { CountMark, CountNote, sharedCount } from './counts.ts'
import { isUnjudged, provisionalMeaning, VerdictName } from './verdict-name.ts'
import { ThresholdList } from './verdict-thresholds.ts'

type Judged = { readonly part: VerdictPart; readonly anchor: string }
type CardNumber = VerdictPart['numbers'][number]

/** All verdicts of a page, each with the anchor of its card. */
export function verdictsOf(placed: readonly Placed[]): Judged[] {
  return placed.flatMap(({ part, anchor }) => (part.type === 'verdict' ? [{ part, anchor }] : []))
}

/** The answer at a glance: a row for each verdict, and below them the notes they share. */
export function AnswerTable({ judged }: { readonly judged: readonly Judged[] }) {
  const parts = judged.map(({ part }) => part)
  const columns = headlineColumns(parts)
  const shared = sharedCount(
    parts.flatMap((part) => columns.flatMap((column) => numberOf(part, column)?.estimate ?? [])),
  )
  const rows = judged.map(({ part, anchor }) => h(AnswerRow, { part, anchor, columns, shared }))
  return h(
    Fragment,
    null,
    h(
      'div',
      { className: 'wide', tabIndex: 0, role: 'group', 'aria-label': 'Verdicts' },
      h('table', { className: 'answer' }, h(AnswerHead, { columns }), h('tbody', null, ...rows)),
    ),
    h(CountNote, { shared }),
    h(ReadingNotes, { columns }),
    parts.some((part) => part.provisional && !isUnjudged(part)) && h('p', { className: 'note' }, provisionalMeaning),
    h(ThresholdList, { parts }),
  )
}

/** The headline numbers. Reports of earlier versions mark none: for them, every number that all verdicts have. */
export function headlineColumns(parts: readonly VerdictPart[]): CardNumber[] {
  const all = new Map(parts.flatMap(({ numbers }) => numbers.map((number) => [nameOf(number), number])))
  const headlines = [...all.values()].filter(({ headline }) => headline === true)
  if (headlines.length > 0) return headlines
  return [...all].flatMap(([name, number]) =>
    parts.every(({ numbers }) => numbers.some((candidate) => nameOf(candidate) === name)) ? [number] : [],
  )
}

const nameOf = ({ key, name }: CardNumber) => key ?? name

export const numberOf = ({ numbers }: VerdictPart, column: CardNumber): CardNumber | undefined =>
  numbers.find((candidate) => nameOf(candidate) === nameOf(column))

/** On how many replicates all intervals of the table rest. */
type Shared = { readonly shared: number | null }
type Columns = { readonly columns: readonly CardNumber[] }

function AnswerHead({ columns }: Columns) {
  const titles = columns.map(({ name, help }) => h('th', { scope: 'col', className: 'number', title: help }, name))
  const words = (text: string) => h('th', { scope: 'col' }, text)
  return h('thead', null, h('tr', null, words('condition'), words('verdict'), ...titles, words('seeds')))
}

function AnswerRow({ part, anchor, columns, shared }: Judged & Columns & Shared) {
  const numbers = columns.map((column) => h(NumberCell, { label: column.name, number: numberOf(part, column), shared }))
  return h(
    'tr',
    { className: `tone-${part.tone}` },
    h('th', { scope: 'row' }, h('a', { href: `#${anchor}` }, breakable(part.title))),
    h('td', null, h('span', { className: 'verdict' }, h(VerdictName, { part })), h(Explanation, { part })),
    ...numbers,
    h('td', { 'data-label': 'seeds' }, h(SeedCount, { part })),
  )
}

/** In one sentence: what was found, or why nothing was. */
function Explanation({ part }: { readonly part: VerdictPart }) {
  const text = isUnjudged(part) ? part.reason : part.sentence
  return text === undefined ? null : h(Fragment, null, h('br'), h('small', null, prose(text)))
}

/** On a narrow screen cells are stacked, each with its label. */
function NumberCell({
  label,
  number,
  shared,
}: Shared & { readonly label: string; readonly number?: CardNumber | undefined }) {
  if (number === undefined) return h('td')
  const { estimate } = number
  if (isMissing(estimate.value))
    return h('td', { className: 'number none', 'data-label': label, title: estimate.value.missing }, '–')
  const interval = h('small', null, formatInterval(estimate))
  return h(
    'td',
    { className: 'number', 'data-label': label },
    `${formatNumber(estimate.value)} `,
    interval,
    h(CountMark, { estimate, shared }),
  )
}

/** How many seeds have the condition's class, or else how many each class has. */
export function seedCount(part: VerdictPart): string {
  const { total, isUnanimous } = tallied(part)
  if (total === 0) return ''
  if (isUnanimous) return `${total} of ${total}`
  const found = Object.entries(part.tally).filter(([, count]) => count > 0)
  return found.map(([name, count]) => `${count} ${name.replaceAll('-', ' ')}`).join(', ')
}

function tallied({ tally, verdict }: VerdictPart) {
  const total = Object.values(tally).reduce((sum, count) => sum + count, 0)
  return { total, isUnanimous: tally[verdict] === total }
}

/** Classes that differ are a list of words. */
function SeedCount({ part }: { readonly part: VerdictPart }) {
  const { total, isUnanimous } = tallied(part)
  return isUnanimous || total === 0 ? seedCount(part) : h('small', null, seedCount(part))
}

/** The meanings of the table's numbers, if given. */
function ReadingNotes({ columns }: Columns) {
  const known = columns.filter(({ help }) => help !== undefined)
  if (known.length === 0 || known.length > 4) return null
  const meanings = known.map(({ name, help }, index) =>
    h(Fragment, null, index > 0 && ' · ', h('b', null, name), `: ${help}`),
  )
  return h('p', { className: 'note' }, ...meanings)
}
