import type { Context } from '../context.ts'
import { displayWidth } from '../terminal/text.ts'

export type LiveArea = {
  /** Replaces what was drawn before. */
  show(lines: readonly string[]): void
  /** Wipes it away: what is printed next takes its place. */
  clear(): void
}

/** Lines at the bottom of the terminal that are drawn over. On standard error, so that a pipe never sees them. */
export function createLiveArea(context: Context): LiveArea {
  let height = 0
  const erase = (): string => (height === 0 ? '' : `\u001b[${height}A\r\u001b[0J`)
  return {
    show(lines) {
      context.draw(erase() + lines.map((line) => `${line}\n`).join(''))
      height = lines.reduce((sum, line) => sum + screenLines(line, context.terminal.columns), 0)
    },
    clear() {
      context.draw(erase())
      height = 0
    },
  }
}

function screenLines(line: string, columns: number): number {
  return Math.max(1, Math.ceil(displayWidth(line) / columns))
}
