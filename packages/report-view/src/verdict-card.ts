import { isMissing, type Estimate, type VerdictPart } from '@goalpost/contracts'
import type { Axis } from './axis.ts'
import { html, type Html } from './html.ts'
import { intervalStrip, stripAxis, stripTicks } from './interval-strip.ts'
import { formatInterval, formatNumber } from './numbers.ts'
import { breakable, prose } from './prose.ts'
import { verdictName } from './verdict-name.ts'
import { thresholdOf } from './verdict-thresholds.ts'

type CardNumber = VerdictPart['numbers'][number]
/**
 * Numbers with a threshold share one axis and the others another, over all cards, so that cards can be compared by eye.
 */
export type CardAxes = { readonly judged: Axis | null; readonly beside: Axis | null }

export function cardAxes(parts: readonly VerdictPart[]): CardAxes {
  const grouped = parts.map((part) => ({ part, ...groupNumbers(part) }))
  const judged = grouped.flatMap((group) => group.judged)
  const lines = grouped.flatMap((group) => group.judged.flatMap((number) => thresholdOf(number, group.part) ?? []))
  return {
    judged: stripAxis(
      judged.map(({ estimate }) => estimate),
      lines,
    ),
    beside: stripAxis(
      grouped.flatMap((group) => group.beside.map(({ estimate }) => estimate)),
      [],
    ),
  }
}

export function verdictCard(part: VerdictPart, anchor: string, axes: CardAxes): Html {
  const { judged, beside } = groupNumbers(part)
  return html`<article class="card tone-${part.tone}" id="${anchor}">
    <h3>${breakable(part.title)}</h3>
    <p class="verdict">${verdictName(part)}</p>
    ${part.sentence === undefined ? null : html`<p class="sentence">${prose(part.sentence)}</p>`}
    <p>${prose(part.reason)}</p>
    ${numberList('Held against a threshold', judged, { part, axis: axes.judged })}
    ${numberList(judged.length === 0 ? 'Numbers' : 'Measured beside them', beside, { part, axis: axes.beside })}
    ${cautionsOf(part).map((caution, index) => html`<p class="caution"><sup>${index + 1}</sup> ${caution}</p>`)}
    ${tally(part)}
  </article> `
}

function groupNumbers(part: VerdictPart): { judged: CardNumber[]; beside: CardNumber[] } {
  const isJudged = (number: CardNumber) => thresholdOf(number, part) !== undefined
  return { judged: part.numbers.filter(isJudged), beside: part.numbers.filter((number) => !isJudged(number)) }
}

type Shown = { readonly part: VerdictPart; readonly axis: Axis | null }

function numberList(title: string, numbers: readonly CardNumber[], { part, axis }: Shown): Html | null {
  if (numbers.length === 0) return null
  return html`<p class="group">
      ${title}${title.includes('threshold') && axis !== null ? html` <i class="line"></i>` : null}
    </p>
    <dl class="numbers">${numbers.map((number) => numberRow(number, { part, axis }))}</dl>
    ${axis === null ? null : stripTicks(axis)}`
}

/** The reason for a missing number is a sentence: it takes the room of number and strip, and can wrap. */
function numberRow(number: CardNumber, { part, axis }: Shown): Html {
  const { name, estimate, help } = number
  const label = html`<dt${help === undefined ? null : html` title="${help}"`}>${name}</dt>`
  if (isMissing(estimate.value))
    return html`<div>
      ${label}
      <dd class="missing">${prose(estimate.value.missing)}</dd>
    </div> `
  const threshold = thresholdOf(number, part)
  return html`<div>
      ${label}
      <dd class="number">
        ${formatNumber(estimate.value)} <small>${formatInterval(estimate)}</small>${cautionMark(estimate, part)}
      </dd>
    </div>
    ${axis === null ? null : html`<div>${intervalStrip(estimate, { axis, threshold })}</div>`} `
}

/** Numbers of one card share the caution about their intervals: it is below them, once. */
function cautionsOf({ numbers }: VerdictPart): string[] {
  return [...new Set(numbers.flatMap(({ estimate }) => estimate.caution ?? []))]
}

function cautionMark({ caution }: Estimate, part: VerdictPart): Html | null {
  return caution === undefined ? null : html`<sup>${cautionsOf(part).indexOf(caution) + 1}</sup>`
}

function tally({ tally: counts }: VerdictPart): Html | null {
  const entries = Object.entries(counts).filter(([, count]) => count > 0)
  if (entries.length === 0) return null
  const total = entries.reduce((sum, [, count]) => sum + count, 0)
  const text = entries.map(([name, count]) => `${count} of ${total} ${name.replaceAll('-', ' ')}`).join(' · ')
  return html`<p class="tally">${text}</p>`
}
