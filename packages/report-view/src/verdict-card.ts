import { isMissing, type Estimate, type VerdictPart } from '@goalpost/contracts'
import { cautionOf } from './caution.ts'
import { html, type Html } from './html.ts'
import { formatInterval, formatNumber } from './numbers.ts'

type Range = { readonly low: number; readonly high: number }

const marks = { good: '✓', bad: '✗', warning: '!', neutral: '○' } as const
const track = { width: 150, height: 14 }
/** Wider than this, an axis common to all numbers would show nothing. */
const widestRange = 4

/** Verdicts next to each other, all intervals on one axis, so that cards can be compared by eye. */
export function verdictCards(parts: readonly VerdictPart[]): Html {
  const range = rangeOf(parts)
  return html`<div class="cards">${parts.map((part) => verdictCard(part, range))}</div> `
}

function rangeOf(parts: readonly VerdictPart[]): Range | null {
  const ends = parts.flatMap(({ numbers }) =>
    numbers.flatMap(({ estimate: { value, low, high } }) =>
      [value, low, high].filter((end) => typeof end === 'number'),
    ),
  )
  const low = Math.min(0, ...ends)
  const high = Math.max(1, ...ends)
  return high - low > widestRange ? null : { low, high }
}

function verdictCard(part: VerdictPart, range: Range | null): Html {
  return html`<article class="card tone-${part.tone}">
    <header>
      <h3>${part.title}</h3>
      <p class="verdict">
        <span aria-hidden="true">${marks[part.tone]}</span>
        ${part.verdict.replaceAll('-', ' ')}${part.provisional ? html` <small>provisional</small>` : null}
      </p>
    </header>
    <p>${part.reason}</p>
    <table class="numbers">
      <tbody>
        ${part.numbers.map(
          ({ name, estimate, help }) =>
            html`<tr${help === undefined ? null : html` title="${help}"`}><th scope="row">${name}</th>
${numberCells(estimate, range)}</tr>`,
        )}
      </tbody>
    </table>
    <footer>${tally(part)}${thresholds(part)}</footer>
  </article> `
}

/** Why there is no number is a sentence: it takes the room of number and whisker, and may be broken. */
function numberCells(estimate: Estimate, range: Range | null): Html {
  const { value } = estimate
  if (isMissing(value)) return html`<td class="missing" colspan="2">${value.missing}</td>`
  return html`<td class="number">
      ${formatNumber(value)} <small>${formatInterval(estimate)}</small>${cautionOf(estimate)}
    </td>
    <td>${range === null ? null : whisker(estimate, range)}</td>`
}

/** The interval between the ends of the range; lines at 0 and 1. */
function whisker({ value, low, high }: Estimate, range: Range): Html | null {
  if (typeof value !== 'number') return null
  const middle = track.height / 2
  const place = (x: number) => Number((4 + ((x - range.low) / (range.high - range.low)) * (track.width - 8)).toFixed(1))
  return html`<svg class="whisker" viewBox="0 0 ${track.width} ${track.height}" aria-hidden="true">
    ${[0, 1].map((x) => html`<line class="grid" x1="${place(x)}" x2="${place(x)}" y1="0" y2="${track.height}" />`)}
    ${low === undefined || high === undefined ? null : html`<line class="span" x1="${place(low)}" x2="${place(high)}" y1="${middle}" y2="${middle}" />`}
    <circle cx="${place(value)}" cy="${middle}" r="3.2" />
  </svg>`
}

function tally({ tally: counts }: VerdictPart): Html | null {
  const entries = Object.entries(counts).filter(([, count]) => count > 0)
  if (entries.length === 0) return null
  const total = entries.reduce((sum, [, count]) => sum + count, 0)
  return html`<p>${entries.map(([name, count]) => `${count} of ${total} ${name}`).join(' · ')}</p>`
}

function thresholds({ thresholds: values }: VerdictPart): Html | null {
  const entries = Object.entries(values)
  if (entries.length === 0) return null
  return html`<details>
    <summary>Thresholds of the rule</summary>
    <p>${entries.map(([name, value]) => `${name} ${formatNumber(value)}`).join(', ')}</p>
  </details>`
}
