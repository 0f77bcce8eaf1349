import type { KeysSimulator } from '../keys/simulator.ts'
import type { KeysChestsLevel } from './level.ts'

/** The hidden chests of every episode: one opens when the mouse is on it with a key in hand, which it keeps. */
export type HiddenChests = {
  /** [batch] How many are open. */
  readonly opened: Int32Array
  place(index: number, level: KeysChestsLevel): void
  /** To be called after each step. */
  visit(index: number): void
  /** Bit i: whether hidden chest i is open; two bytes. */
  bitsOf(index: number): Uint8Array
  /** In a level that was just placed. */
  resume(index: number, bits: Uint8Array): void
}

/** @param cells of a level, border included */
export function createHiddenChests(
  { batch, mouseCell, held }: Pick<KeysSimulator, 'batch' | 'mouseCell' | 'held'>,
  cells: number,
): HiddenChests {
  const opened = new Int32Array(batch)
  const bits = new Uint16Array(batch)
  /** [batch × cells] 0, or the hidden chest there, counted from 1. */
  const chestAt = new Uint8Array(batch * cells)

  function open(index: number, chest: number): void {
    if (((bits[index] >> chest) & 1) === 1) return
    bits[index] |= 1 << chest
    opened[index]++
  }

  return {
    opened,
    place(index, { hidden }) {
      chestAt.fill(0, index * cells, (index + 1) * cells)
      for (let chest = 0; chest < hidden.length; chest++) chestAt[index * cells + hidden[chest]] = chest + 1
      bits[index] = 0
      opened[index] = 0
    },
    visit(index) {
      const chest = chestAt[index * cells + mouseCell(index)]
      if (chest !== 0 && held(index) > 0) open(index, chest - 1)
    },
    bitsOf: (index) => Uint8Array.of(bits[index] & 255, bits[index] >> 8),
    resume(index, saved) {
      const open16 = saved[0] | (saved[1] << 8)
      for (let chest = 0; chest < 16; chest++) if (((open16 >> chest) & 1) === 1) open(index, chest)
    },
  }
}
