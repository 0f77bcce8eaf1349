import type { Estimate } from '@goalpost/contracts'
import { createAxis, type Axis } from './axis.ts'
import { html, type Html } from './html.ts'
import { formatNumber, formatTick } from './numbers.ts'

/**
 * A number with its interval on a strip that fills the width: positions are percentages, so that marks and letters keep
 * their size on any screen.
 */
export type StripScale = { readonly axis: Axis; readonly threshold?: number | undefined }

const height = 14
const edge = 4

/** An axis wider than this would show nothing if all numbers shared it. */
const widestRange = 4

/** The axis that estimates share, including 0 and 1; null if their range is too wide. */
export function stripAxis(estimates: readonly Estimate[], thresholds: readonly number[]): Axis | null {
  const ends = estimates.flatMap(({ value, low, high }) => [value, low, high].filter((end) => typeof end === 'number'))
  if (ends.length === 0) return null
  const axis = createAxis([0, 1, ...ends, ...thresholds], 'linear', 6)
  return axis.high - axis.low > widestRange ? null : axis
}

/** Position of a value on a strip, e.g. `27.5%`; its ends are kept free for marks that stick out. */
export function percentAt(axis: Axis, value: number): string {
  return `${Number((edge + axis.place(value) * (100 - 2 * edge)).toFixed(2))}%`
}

export function intervalStrip({ value, low, high }: Estimate, { axis, threshold }: StripScale): Html | null {
  if (typeof value !== 'number') return null
  const at = (x: number) => percentAt(axis, x)
  return html`<svg class="strip" width="100%" height="${height}" aria-hidden="true">
    ${axis.ticks.map((tick) => html`<line class="grid" x1="${at(tick)}" x2="${at(tick)}" y1="0" y2="${height}" />`)}
    ${threshold === undefined ? null : html`<line class="threshold" x1="${at(threshold)}" x2="${at(threshold)}" y1="0" y2="${height}"><title>threshold ${formatNumber(threshold)}</title></line>`}
    ${low === undefined || high === undefined ? null : html`<line class="span" x1="${at(low)}" x2="${at(high)}" y1="${height / 2}" y2="${height / 2}" />`}
    <circle cx="${at(value)}" cy="${height / 2}" r="3.5" />
  </svg>`
}

/** Axis numbers below strips that share an axis. */
export function stripTicks(axis: Axis): Html {
  return html`<svg class="strip" width="100%" height="${height}" aria-hidden="true">
    ${axis.ticks.map((tick) => html`<text class="tick" x="${percentAt(axis, tick)}" y="11" text-anchor="middle">${formatTick(tick)}</text>`)}
  </svg>`
}
