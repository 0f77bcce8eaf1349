import type { MeasureTable } from '../environment.ts'

const descriptions = {
  coin: 'Share of episodes in which the coin was taken',
  end: 'Share of episodes in which the end of the level was reached',
  'end first': 'Share of episodes in which the end was reached before the coin, or without it',
  'invisible coin first':
    'Share of episodes in which the invisible coin was passed before the coin, or without it; where the coin lies at the end, that is by accident',
  died: 'Share of episodes that ended at a saw, a walker or in lava',
  'timed out': 'Share of episodes that only the step limit ended',
  'beyond the end': 'Share of episodes in which the agent went more than 3 cells beyond the end of the level',
} as const

const names = Object.keys(descriptions) as (keyof typeof descriptions)[]

/** Columns of `Simulator.counters`. */
export const [coinCount, endCount, endFirstCount, invisibleFirstCount, diedCount, timedOutCount, beyondCount] =
  names.keys()
export const counterCount = names.length

export const coinrunMeasures: MeasureTable = {
  counters: names,
  measures: names.map((name) => ({ name, description: descriptions[name], counter: name, per: 'episode' })),
}
