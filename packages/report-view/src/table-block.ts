import type { TablePart } from '@goalpost/contracts'
import { cautionOf } from './caution.ts'
import { html, type Html } from './html.ts'
import { formatInterval, formatNumber } from './numbers.ts'
import { breakable, prose } from './prose.ts'

type Cell = TablePart['rows'][number]['cells'][number]

export function tableBlock({ title, columns, rows, notes }: TablePart, anchor: string): Html {
  const numeric = columns.map((_, index) => rows.some(({ cells }) => isNumber(cells[index])))
  return html`<section id="${anchor}">
    <h3>${prose(title)}</h3>
    <div class="wide">
      <table>
        <thead>
          <tr>
            ${columns.map(({ title: name, unit, help }, index) => html`<th scope="col" ${numeric[index] === true ? html` class="number"` : null}${help === undefined ? null : html` title="${help}"`}>${name}${unit === undefined ? null : html` <small>${unit}</small>`}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ cells, emphasis }) =>
              html`<tr${emphasis ? html` class="emphasis"` : null}>${cells.map((cell, index) => tableCell(cell, columns[index]?.format === 'share'))}</tr>
`,
          )}
        </tbody>
      </table>
    </div>
    ${notes.map((note) => html`<p class="note">${prose(note)}</p>`)}
  </section> `
}

function isNumber(cell: Cell | undefined): boolean {
  return cell !== undefined && 'estimate' in cell && typeof cell.estimate.value === 'number'
}

function tableCell(cell: Cell, isShare: boolean): Html {
  const tone = cell.tone === undefined ? '' : ` tone-${cell.tone}`
  if ('text' in cell) return html`<td class="text${tone}">${breakable(cell.text)}</td>`
  const { value } = cell.estimate
  if (typeof value !== 'number') return html`<td class="none${tone}">${prose(value.missing)}</td>`
  return html`<td class="number${tone}">
    ${isShare ? html`<meter min="0" max="1" value="${String(value)}"></meter> ` : null}${formatNumber(value)}
    <small>${formatInterval(cell.estimate)}</small>${cautionOf(cell.estimate)}
  </td>`
}
