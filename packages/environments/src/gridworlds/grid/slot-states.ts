import type { Simulator } from '../../environment.ts'

type Slots<Level> = {
  readonly batch: number
  /** Size of one slot's state in 32-bit words. */
  readonly words: number
  wordsOf(index: number): ArrayLike<number>
  /** Resumes an episode of `level` from these words. */
  resume(index: number, level: Level, words: Int32Array): void
}

/** State of every slot as bytes: 32-bit words, little-endian like every supported machine. */
export function saveSlots<Level>({
  batch,
  words,
  wordsOf,
  resume,
}: Slots<Level>): Pick<Simulator<Level>, 'saveState' | 'restoreState'> {
  return {
    saveState: () => Array.from({ length: batch }, (_, i) => new Uint8Array(Int32Array.from(wordsOf(i)).buffer)),
    restoreState(levels, states) {
      if (states.length !== batch || levels.length !== batch)
        throw new RangeError(
          `${batch} episodes need as many levels and states, not ${levels.length} and ${states.length}`,
        )
      for (const [i, bytes] of states.entries()) resume(i, levels[i], readWords(bytes, words))
    },
  }
}

function readWords(bytes: Uint8Array, words: number): Int32Array {
  if (bytes.length !== 4 * words)
    throw new RangeError(`a state of ${4 * words} bytes is needed, not of ${bytes.length}`)
  // A copy: bytes that are part of a file need not begin where words may.
  return new Int32Array(bytes.slice().buffer)
}
