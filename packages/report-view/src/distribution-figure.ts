import { isMissing, type DistributionPart } from '@goalpost/contracts'
import { createAxis, type Axis } from './axis.ts'
import { figure, type Heading } from './figure.ts'
import { html, type Html } from './html.ts'
import { percentAt } from './interval-strip.ts'
import { formatNumber, formatTick } from './numbers.ts'
import { breakable } from './prose.ts'

type Group = DistributionPart['groups'][number]
type Dot = { readonly name: string; readonly value: number; readonly tone: string }

const height = 42
const radius = 4.5
/** Width of a strip on the narrowest screen: dots that do not touch there never touch. */
const narrowest = 300

/**
 * A strip for each group, its name beside it or, on a narrow screen, above it; a dot for each replicate, stacked where
 * they would overlap.
 */
export function distributionFigure(part: DistributionPart, anchor: string): Html {
  const heading: Heading = { title: part.title, anchor }
  const ends = [part.axis.low, part.axis.high].filter((end) => end !== undefined)
  const known = part.groups.flatMap((group) => dotsOf(group).map(({ value }) => value))
  const notes = [...part.notes, ...missingNotes(part.groups)].join(' ')
  if (known.length === 0) return figure(heading, html`<p class="none">no values yet</p>`, notes)
  const axis = createAxis([...known, ...ends, ...part.references.map(({ value }) => value)], 'linear', 5)
  return figure(heading, drawStrips(part, axis), notes)
}

function dotsOf({ values }: Group): Dot[] {
  return values.flatMap(({ name, value, tone = 'neutral' }) => (isMissing(value) ? [] : [{ name, value, tone }]))
}

function missingNotes(groups: readonly Group[]): string[] {
  return groups.flatMap(({ name, values }) => {
    const missing = values.filter(({ value }) => isMissing(value)).length
    return missing === 0 ? [] : [`${name}: ${missing} of ${values.length} without a value.`]
  })
}

function drawStrips({ axis: { title }, groups, references }: DistributionPart, axis: Axis): Html {
  return html`<div class="strips">
    ${references.length === 0 ? null : html`<svg class="strip" width="100%" height="14" aria-hidden="true">${references.map(({ name, value }) => html`<text class="tick" x="${percentAt(axis, value)}" y="11" text-anchor="${anchorAt(axis.place(value))}">${name}</text>`)}</svg>`}
    ${groups.map((group) => html`<span class="name">${breakable(group.name)}</span>${strip(group, axis, references)}`)}
    <svg class="strip" width="100%" height="32" aria-hidden="true">
      ${axis.ticks.map((tick) => html`<text class="tick" x="${percentAt(axis, tick)}" y="11" text-anchor="middle">${formatTick(tick)}</text>`)}
      <text class="label" x="50%" y="28" text-anchor="middle">${title}</text>
    </svg>
  </div>`
}

function strip(group: Group, axis: Axis, references: DistributionPart['references']): Html {
  const dots = dotsOf(group)
  const label = `${group.name}: ${dots.map(({ value }) => formatNumber(value)).join(', ')}`
  return html`<svg class="strip" width="100%" height="${height}" role="img" aria-label="${label}">
    ${axis.ticks.map((tick) => html`<line class="grid" x1="${percentAt(axis, tick)}" x2="${percentAt(axis, tick)}" y1="0" y2="${height}" />`)}
    ${references.map(({ value }) => html`<line class="reference" x1="${percentAt(axis, value)}" x2="${percentAt(axis, value)}" y1="0" y2="${height}" />`)}
    <line class="grid" x1="0" x2="100%" y1="${height / 2}" y2="${height / 2}" />
    ${pile(dots, axis).map(({ dot, level }) => html`<circle class="seed tone-${dot.tone}" cx="${percentAt(axis, dot.value)}" cy="${height / 2 - offset(level)}" r="${radius}"><title>${dot.name}: ${formatNumber(dot.value)}</title></circle>`)}
  </svg>`
}

/** Moves a name towards the middle if it would cross the edge. */
function anchorAt(share: number): string {
  return share > 0.7 ? 'end' : share < 0.3 ? 'start' : 'middle'
}

/** 0, 1, −1, 2, −2 … dots away from the middle, closer together if there are many. */
function offset(level: number): number {
  const side = level % 2 === 1 ? 1 : -1
  return Math.min(height / 2 - radius, Math.ceil(level / 2) * radius * 1.7) * side
}

function pile(dots: readonly Dot[], axis: Axis): { dot: Dot; level: number }[] {
  const placed: { dot: Dot; x: number; level: number }[] = []
  for (const dot of dots.toSorted((a, b) => a.value - b.value)) {
    const x = axis.place(dot.value) * narrowest
    const near = new Set(placed.filter((other) => Math.abs(other.x - x) < 2 * radius).map(({ level }) => level))
    let level = 0
    while (near.has(level)) level++
    placed.push({ dot, x, level })
  }
  return placed
}
