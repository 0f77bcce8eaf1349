import { isMissing, type DistributionPart } from '@goalpost/contracts'
import { createAxis, type Axis } from './axis.ts'
import { figure } from './figure.ts'
import { html, type Html } from './html.ts'
import { formatNumber, formatTick } from './numbers.ts'

type Group = DistributionPart['groups'][number]
type Dot = { readonly name: string; readonly value: number; readonly tone: string }

const paper = { width: 720, left: 190, right: 24, top: 26, row: 42, bottom: 44 }
const inner = paper.width - paper.left - paper.right
const radius = 4.5

/** A strip for each group, a dot for each replicate; dots that would cover each other are piled up. */
export function distributionFigure(part: DistributionPart): Html {
  const ends = [part.axis.low, part.axis.high].filter((end) => end !== undefined)
  const known = part.groups.flatMap((group) => dotsOf(group).map(({ value }) => value))
  const notes = [...part.notes, ...missingNotes(part.groups)].join(' ')
  if (known.length === 0) return figure(part.title, html`<p class="none">no values yet</p>`, notes)
  const axis = createAxis([...known, ...ends, ...part.references.map(({ value }) => value)], 'linear', 7)
  return figure(part.title, drawStrips(part, axis), notes)
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

function drawStrips({ title, axis: { title: label }, groups, references }: DistributionPart, axis: Axis): Html {
  const bottom = paper.top + groups.length * paper.row
  return html`<svg class="plot" viewBox="0 0 ${paper.width} ${bottom + paper.bottom}" role="img" aria-label="${title}">
    ${axis.ticks.map(
      (tick) =>
        html`<line class="grid" x1="${place(axis, tick)}" x2="${place(axis, tick)}" y1="${paper.top}" y2="${bottom}" />
          <text class="tick" x="${place(axis, tick)}" y="${bottom + 16}" text-anchor="middle"
            >${formatTick(tick)}</text
          >`,
    )}
    ${references.map(
      ({ name, value }) =>
        html`<line
            class="reference"
            x1="${place(axis, value)}"
            x2="${place(axis, value)}"
            y1="${paper.top - 6}"
            y2="${bottom}"
          />
          <text class="tick" x="${place(axis, value)}" y="${paper.top - 11}" text-anchor="${anchor(axis.place(value))}"
            >${name}</text
          >`,
    )}
    ${groups.map((group, index) => strip(group, axis, paper.top + (index + 0.5) * paper.row))}
    <text class="label" x="${paper.left + inner / 2}" y="${bottom + 36}" text-anchor="middle">${label}</text>
  </svg>`
}

function strip(group: Group, axis: Axis, middle: number): Html {
  return html`<line class="grid" x1="${paper.left}" x2="${paper.width - paper.right}" y1="${middle}" y2="${middle}" />
    <text class="name" x="${paper.left - 14}" y="${middle}" text-anchor="end" dominant-baseline="middle"
      >${group.name}</text
    >
    ${pile(dotsOf(group), axis).map(({ dot, x, level }) => html`<circle class="seed tone-${dot.tone}" cx="${x}" cy="${middle - offset(level)}" r="${radius}"><title>${dot.name}: ${formatNumber(dot.value)}</title></circle>`)}`
}

/** Towards the middle, where a name would stand out over the edge. */
function anchor(share: number): string {
  return share > 0.9 ? 'end' : share < 0.1 ? 'start' : 'middle'
}

/** 0, 1, −1, 2, −2 … dots away from the middle, pressed together where they are many. */
function offset(level: number): number {
  const side = level % 2 === 1 ? 1 : -1
  return Math.min(paper.row / 2 - radius, Math.ceil(level / 2) * radius * 1.7) * side
}

function pile(dots: readonly Dot[], axis: Axis): { dot: Dot; x: number; level: number }[] {
  const placed: { dot: Dot; x: number; level: number }[] = []
  for (const dot of dots.toSorted((a, b) => a.value - b.value)) {
    const x = place(axis, dot.value)
    const near = new Set(placed.filter((other) => Math.abs(other.x - x) < 2 * radius).map(({ level }) => level))
    let level = 0
    while (near.has(level)) level++
    placed.push({ dot, x, level })
  }
  return placed
}

const place = (axis: Axis, value: number) => Number((paper.left + axis.place(value) * inner).toFixed(1))
