import type { Context } from '../context.ts'
import { displayWidth, truncate } from '../terminal/text.ts'

export type LiveArea = {
  /** Replaces what was drawn before. Lines that are too long are cut, and those that find no room left out. */
  show(lines: readonly string[]): void
  /** Wipes it away: what is printed next takes its place. */
  clear(): void
}

/**
 * Lines at the bottom of the terminal that are drawn over. On standard error, so that a pipe never sees them. Lower than the
 * screen, whose last row the cursor waits on: what has scrolled out of it can no longer be drawn over.
 */
export function createLiveArea({ draw, screen, terminal }: Pick<Context, 'draw' | 'screen' | 'terminal'>): LiveArea {
  let drawn: readonly string[] = []
  /** Rows that they take now: a terminal that was made narrower has broken them. */
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
