import type { SeriesPart } from '@goalpost/contracts'
import { PartView, SeriesFigure } from '@goalpost/report-view'
import { useMemo, useState, type ComponentProps } from 'react'
import { TableActions } from './table-actions.tsx'

/** One part of a report, with what a page can do beyond paper: tables are copied, scales changed. */
export function ReportPanel({ part, anchor, axes }: ComponentProps<typeof PartView>) {
  if (part.type === 'series') return <SeriesPanel part={part} anchor={anchor} />
  return (
    <div className={part.type === 'table' ? 'part' : 'part-bare'}>
      <div className="part-bare">
        <PartView part={part} anchor={anchor} axes={axes} />
      </div>
      {part.type === 'table' && <TableActions part={part} />}
    </div>
  )
}

function SeriesPanel({ part, anchor }: { readonly part: SeriesPart; readonly anchor: string }) {
  const [isLog, setLog] = useState(part.y.scale === 'log')
  const shown = useMemo<SeriesPart>(
    () => ({ ...part, y: { ...part.y, scale: isLog ? 'log' : 'linear' } }),
    [part, isLog],
  )
  const canBeLog = part.lines.some(({ points }) => points.some(({ y }) => typeof y.value === 'number' && y.value > 0))
  return (
    <div className="part">
      <div className="part-bare">
        <SeriesFigure part={shown} anchor={anchor} />
      </div>
      {canBeLog && (
        <label className="check">
          <input type="checkbox" checked={isLog} onChange={({ target }) => setLog(target.checked)} />
          Logarithmic <span className="visually-hidden">scale of {part.title}</span>
        </label>
      )}
    </div>
  )
}
