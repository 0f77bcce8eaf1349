import type { Context } from '../context.ts'
import { displayWidth, truncate } from '../terminal/text.ts'

export type LiveArea = {
  /** Replaces the previous drawing. Long lines are cut, and lines beyond the screen's height left out. */
  show(lines: readonly string[]): void
  /** Erases the drawing, so that the next output takes its place. */
  clear(): void
}

/**
 * Lines at the bottom of the terminal that are redrawn in place. On standard error, so that a pipe never sees them.
 * Lower than the screen, with one row for the cursor: lines that scrolled off can no longer be redrawn.
 */
export function createLiveArea({ draw, screen, terminal }: Pick<Context, 'draw' | 'screen' | 'terminal'>): LiveArea {
  let drawn: readonly string[] = []
  /** The current number of rows: a terminal that became narrower has wrapped them. */
  const erase = (): string => {
    const { columns, rows } = screen()
    const height = drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(displayWidth(line) / columns)), 0)
    return height === 0 ? '' : `\u001b[${Math.min(height, rows - 1)}A\r\u001b[0J`
  }
  return {
    show(lines) {
      const { columns, rows } = screen()
      const fitting = lines
        .slice(0, Math.max(1, rows - 1))
        .map((line) => truncate(line, columns, terminal.symbols.ellipsis))
      draw(erase() + fitting.map((line) => `${line}\n`).join(''))
      drawn = fitting
    },
    clear() {
      draw(erase())
      drawn = []
    },
  }
}
