import type { Terminal } from '../terminal/terminal.ts'
import { displayWidth } from '../terminal/text.ts'

export function bar({ symbols, colours }: Terminal, share: number, width: number): string {
  const halves = Math.round(Math.min(1, Math.max(0, share)) * width * 2)
  const filled = symbols.filled.repeat(Math.floor(halves / 2)) + (halves % 2 === 1 ? symbols.half : '')
  return colours.green(filled) + colours.dim(symbols.empty.repeat(width - displayWidth(filled)))
}

export function percent(share: number): string {
  return `${String(Math.floor(share * 100)).padStart(3)} %`
}
