import type { LevelSource } from '../../levels/level-source.ts'
import { encodeSnapshot, parseSnapshot, SnapshotError } from '../../snapshots/sections.ts'
import { decodeJudged, encodeJudged, type JudgedLevel } from '../curriculum/judged-level.ts'
import type { LevelTools } from '../curriculum/level-tools.ts'

/** The levels that are played, one in each slot. */
export type BuiltLevels<Level> = {
  readonly source: LevelSource<Level>
  current(): readonly JudgedLevel<Level>[]
  replace(levels: readonly JudgedLevel<Level>[]): void
}

export function createBuiltLevels<Level>(
  first: readonly JudgedLevel<Level>[],
  tools: LevelTools<Level>,
): BuiltLevels<Level> {
  let levels = first
  const atSlot = (slot: number) => levels[slot].level
  const read = (bytes: Uint8Array) => {
    const { texts, numbers } = parseSnapshot(bytes, 'built-levels').sections
    if (!(texts instanceof Uint8Array && numbers instanceof Float64Array))
      throw new SnapshotError('its levels are missing')
    const stored = decodeJudged(texts, numbers, tools)
    if (stored.length !== first.length) throw new SnapshotError('it belongs to a training of another size')
    return stored
  }
  return {
    current: () => levels,
    replace(given) {
      levels = given
    },
    source: {
      next: atSlot,
      current: atSlot,
      save: () => encodeSnapshot({ kind: 'built-levels', meta: {}, sections: encodeJudged(levels, tools) }),
      restore(bytes) {
        levels = read(bytes)
      },
      check: (bytes) => void read(bytes),
    },
  }
}
