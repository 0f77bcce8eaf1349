import type { LevelSource } from '../levels/level-source.ts'
import type { TrainingWorld } from './method.ts'

/** @throws RangeError if the world has none. */
export function demonstratorOf<Level>({ demonstrator }: TrainingWorld<Level>) {
  if (demonstrator === undefined) throw new RangeError('the world has no demonstrator')
  return demonstrator
}

/** The source, and the level that it chose last for each slot. */
export function rememberLevels<Level>(source: LevelSource<Level>) {
  const chosen: Level[] = []
  const levels: LevelSource<Level> = {
    ...source,
    next: (slot, episode) => (chosen[slot] = source.next(slot, episode)),
    current: (slot, episode) => (chosen[slot] = source.current(slot, episode)),
  }
  return { levels, levelOf: (slot: number) => chosen[slot] }
}
