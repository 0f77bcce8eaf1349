import type { MouseEvent } from 'react'

type Props = {
  /** Of the rows. */
  readonly names: readonly string[]
  /** From 0 to 1, by column, then by row. */
  readonly shares: readonly (readonly number[])[]
  readonly label: string
  /** The column with a frame; none beyond the last. */
  readonly marked: number
  /** Whether a cell has a frame of its own. */
  readonly isFramed?: (column: number, row: number) => boolean
  readonly onChoose: (column: number) => void
}

/** Height of a row, in pixels. */
const row = 18
/** At most, in pixels. */
const widestCell = 18
const widest = 560

/** Of so many columns, how wide one is. */
export const cellWidth = (columns: number): number => Math.min(widestCell, widest / columns)

/** Shares along an episode: a row for each name, a column for each step, the larger the share the stronger the shade. */
export function ShadeRows({ names, shares, label, marked, isFramed, onChoose }: Props) {
  const count = shares.length
  const cell = cellWidth(count)
  const width = cell * count
  const height = row * names.length
  const choose = ({ currentTarget, clientX }: MouseEvent<SVGSVGElement>): void => {
    const { left, width: drawn } = currentTarget.getBoundingClientRect()
    onChoose(Math.min(count - 1, Math.max(0, Math.floor(((clientX - left) / drawn) * count))))
  }
  return (
    <div className="decision-rows">
      <ul aria-hidden="true">
        {names.map((name) => (
          <li key={name} title={name}>
            {name}
          </li>
        ))}
      </ul>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        // Where there is less room, only columns are narrower: rows stay beside their names.
        preserveAspectRatio="none"
        width={width}
        height={height}
        role="img"
        aria-label={label}
        onClick={choose}
      >
        <Cells shares={shares} cell={cell} isFramed={isFramed} />
        {marked >= 0 && marked < count && (
          <rect className="marker" x={marked * cell - 0.5} y={0.5} width={cell} height={height - 1} />
        )}
      </svg>
    </div>
  )
}

type CellsProps = Pick<Props, 'shares'> & { readonly cell: number; readonly isFramed: Props['isFramed'] | undefined }

function Cells({ shares, cell, isFramed }: CellsProps) {
  return shares.map((each, column) =>
    each.map((share, place) => (
      <rect
        // Columns and rows have no identity but their place.
        key={`${column} ${place}`}
        className={isFramed?.(column, place) === true ? 'probability taken' : 'probability'}
        x={column * cell}
        y={place * row + 1}
        width={Math.max(1, cell - 1)}
        height={row - 2}
        fillOpacity={share}
      />
    )),
  )
}
