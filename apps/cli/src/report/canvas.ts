/** A point on the canvas: x from 0 (left) to 1 (right), y from 0 (top) to 1 (bottom). */
export type CanvasPoint = { readonly x: number; readonly y: number }

export type Canvas = {
  /** `every` draws one dot in so many. A later owner takes over a cell from an earlier one; null is the background. */
  line(from: CanvasPoint, to: CanvasPoint, style: { owner: number | null; every: number }): void
  /** One string per row; neighbouring cells of one owner are painted together. */
  rows(paint: (text: string, owner: number | null) => string): string[]
}

const braille = {
  first: 0x2800,
  across: 2,
  down: 4,
  bits: [
    [0x01, 0x08],
    [0x02, 0x10],
    [0x04, 0x20],
    [0x40, 0x80],
  ],
} as const

/** Draws with braille dots (2 × 4 per character), or with one letter per curve in ASCII. */
export function createCanvas({ width, height, unicode }: { width: number; height: number; unicode: boolean }): Canvas {
  const across = unicode ? braille.across : 1
  const down = unicode ? braille.down : 1
  const masks = new Uint8Array(width * height)
  const owners = Array.from<number | null | undefined>({ length: width * height })

  function dot(column: number, row: number, owner: number | null): void {
    const cell = Math.floor(row / down) * width + Math.floor(column / across)
    if (owner === null && masks[cell] !== 0 && owners[cell] !== null) return
    masks[cell] = (masks[cell] ?? 0) | (braille.bits[row % down]?.[column % across] ?? 1)
    owners[cell] = owner
  }

  function character(cell: number): string {
    const mask = masks[cell] ?? 0
    if (mask === 0) return ' '
    if (unicode) return String.fromCharCode(braille.first + mask)
    const owner = owners[cell]
    return typeof owner === 'number' ? String.fromCharCode('a'.charCodeAt(0) + owner) : '.'
  }

  return {
    line(from, to, { owner, every }) {
      const scale = ({ x, y }: CanvasPoint) => ({
        column: Math.round(x * (width * across - 1)),
        row: Math.round(y * (height * down - 1)),
      })
      const start = scale(from)
      const end = scale(to)
      const steps = Math.max(1, Math.abs(end.column - start.column), Math.abs(end.row - start.row))
      for (let step = 0; step <= steps; step++) {
        const column = Math.round(start.column + ((end.column - start.column) * step) / steps)
        const row = Math.round(start.row + ((end.row - start.row) * step) / steps)
        if (column % every === 0) dot(column, row, owner)
      }
    },
    rows: (paint) =>
      Array.from({ length: height }, (_, y) => {
        const cells = Array.from({ length: width }, (_unused, x) => ({
          text: character(y * width + x),
          owner: owners[y * width + x],
        }))
        return paintRuns(cells, paint)
      }),
  }
}

function paintRuns(
  cells: readonly { text: string; owner: number | null | undefined }[],
  paint: (text: string, owner: number | null) => string,
): string {
  const runs: { text: string; owner: number | null | undefined }[] = []
  for (const cell of cells) {
    const last = runs.at(-1)
    if (last !== undefined && last.owner === cell.owner) last.text += cell.text
    else runs.push({ ...cell })
  }
  return runs.map(({ text, owner }) => (owner === undefined ? text : paint(text, owner))).join('')
}
