import { unchecked } from '@goalpost/protocol-kit'
import { addSums, type StepSums } from './continuing-world.ts'

/** Sums over a stretch of training. */
export type Stretch = StepSums & {
  /** Environment steps of training at its end. */
  readonly end: number
}

/**
 * A continuing training in a few dozen stretches, enough to draw its curves at any length. Sums are of integers, so
 * that a resumed training gives the same ones.
 */
export type WindowLog = {
  /** Adds the window of iteration 1, 2, … */
  add(iteration: number, end: number, window: StepSums): void
  stretches(): readonly Stretch[]
  encode(): Uint8Array
  restore(bytes: Uint8Array): void
}

const maxStretches = 60

/** @param iterations of the whole training */
export function createWindowLog(iterations: number): WindowLog {
  const count = Math.min(iterations, maxStretches)
  let stretches: Stretch[] = []
  return {
    add(iteration, end, window) {
      const index = Math.floor(((iteration - 1) * count) / iterations)
      const before = stretches.at(index)
      stretches[index] = { ...(before === undefined ? window : addSums(before, window)), end }
    },
    stretches: () => stretches,
    encode: () => new TextEncoder().encode(JSON.stringify(stretches)),
    restore(bytes) {
      stretches = decodeWindowLog(bytes)
    },
  }
}

export function decodeWindowLog(bytes: Uint8Array): Stretch[] {
  // Not rebuilt by a schema: a resumed training must encode the same bytes.
  return unchecked(JSON.parse(new TextDecoder().decode(bytes)))
}
