import type { Bodies } from '../body.ts'

/** How finely states are told apart: places per cell, and whether the step counts. */
export type Grain = { readonly places: number; readonly timed: boolean }

const size = 1 << 17

/** A set of states, up to their grain, that is cleared at no cost. */
export function createStateSet() {
  const keys = new Int32Array(size)
  const stamps = new Int32Array(size)
  let stamp = 0

  /** Adds a key of 31 bits; returns whether it is new. A full set takes nothing new. */
  function add(key: number): boolean {
    let at = Math.imul(key, 0x9e3779b1) >>> 15
    for (let tried = 0; tried < 64; tried++) {
      if (stamps[at] !== stamp) {
        stamps[at] = stamp
        keys[at] = key
        return true
      }
      if (keys[at] === key) return false
      at = (at + 1) & (size - 1)
    }
    return false
  }

  return {
    clear(): void {
      stamp++
    },
    addState({ x, y, vx, vy, supported }: Bodies, index: number, step: number, { places, timed }: Grain): boolean {
      const place = Math.floor(x[index] * places) * 1024 + Math.floor(y[index] * places)
      const speed = (Math.round(vx[index] * 4) + 2) * 8 + Math.round(vy[index] * 2) + 3
      const phase = timed ? (step >> 1) & 7 : 0
      return add(((place * 40 + speed) * 2 + supported[index]) * 8 + phase)
    },
  }
}
