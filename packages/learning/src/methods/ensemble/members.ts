import type { Stream } from '@goalpost/random'
import { createIndexedLevels, type LevelSource } from '../../levels/level-source.ts'

export type EnsembleOptions = {
  /** K */
  readonly members: number
  /** How they decide together; see `Vote`. */
  readonly vote: 'mean' | 'majority'
  /**
   * What makes members differ. `all`: initial weights, chance and levels; `none`: nothing, so that they are equal: the
   * control.
   */
  readonly diversity: 'all' | 'none'
}

/** Where member k takes chance and levels from. Levels of different members are different unless all members are equal. */
export function memberSources<Level>(
  { members, diversity }: EnsembleOptions,
  given: { readonly slots: number; readonly levelOf: (index: number) => Level; readonly stream: Stream },
): readonly { readonly stream: Stream; readonly levels: LevelSource<Level> }[] {
  const { slots, levelOf, stream } = given
  const differ = diversity === 'all'
  return Array.from({ length: members }, (_, k) => ({
    stream: stream.named(differ ? `member-${k + 1}` : 'member-1'),
    // Slot i of member k is slot k·slots + i of all members together.
    levels: differ
      ? createOffsetLevels({ first: k * slots, all: members * slots, levelOf })
      : createIndexedLevels(slots, levelOf),
  }))
}

type Offset<Level> = {
  readonly first: number
  readonly all: number
  readonly levelOf: (index: number) => Level
}

function createOffsetLevels<Level>({ first, all, levelOf }: Offset<Level>): LevelSource<Level> {
  const together = createIndexedLevels(all, levelOf)
  return {
    next: (slot, episode) => together.next(first + slot, episode),
    current: (slot, episode) => together.current(first + slot, episode),
    save: together.save,
    restore: together.restore,
  }
}
