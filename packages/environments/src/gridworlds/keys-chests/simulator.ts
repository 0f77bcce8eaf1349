import type { Simulator } from '../../environment.ts'
import { sideOf } from '../grid/grid.ts'
import { createKeysSimulator, keysCounters, type KeysSimulator } from '../keys/simulator.ts'
import { createHiddenChests } from './hidden-chests.ts'
import type { KeysChestsLevel } from './level.ts'
import type { KeysChestsParameters } from './parameters.ts'

export const keysChestsCounters = [
  ...keysCounters,
  'chests',
  'hidden chests opened',
  'hidden chests',
  'visible minus hidden opened',
] as const
const [ownCounted, counted] = [keysCounters.length, keysChestsCounters.length]
const [openedCounter, chestsCounter, hiddenOpenedCounter, hiddenCounter, differenceCounter] = [2, 3, 4, 5, 6]

export type KeysChestsSimulator = Simulator<KeysChestsLevel> & Pick<KeysSimulator, 'mouseCell' | 'held'>

/** Of a saved state, at its end. */
const hiddenBytes = 2

type Rules = Pick<KeysChestsParameters, 'size' | 'maxSteps' | 'keyPenalty'>

/**
 * Episodes of `keys` with a price for keys, and with hidden chests: stepping on one with a key in hand counts once and
 * changes nothing else.
 */
export function createKeysChestsSimulator(rules: Rules, batch: number): KeysChestsSimulator {
  const keys = createKeysSimulator(rules, batch)
  const [rewards, , collected] = keys.goalRewards
  const hidden = createHiddenChests(keys, sideOf(rules.size) ** 2)
  const counters = new Int32Array(batch * counted)
  const levels: KeysChestsLevel[] = []

  function place(index: number, level: KeysChestsLevel): void {
    levels[index] = level
    hidden.place(index, level)
    counters.fill(0, index * counted, (index + 1) * counted)
  }

  function count(index: number): void {
    const at = index * counted
    for (let i = 0; i < ownCounted; i++) counters[at + i] = keys.counters[index * ownCounted + i]
    counters[at + chestsCounter] = levels[index].chests.length
    counters[at + hiddenCounter] = levels[index].hidden.length
    counters[at + hiddenOpenedCounter] = hidden.opened[index]
    counters[at + differenceCounter] = counters[at + openedCounter] - hidden.opened[index]
  }

  return {
    ...keys,
    counters,
    goalRewards: [rewards, collected],
    reset(index, level, seed) {
      keys.reset(index, level, seed)
      place(index, level)
    },
    step(actions) {
      keys.step(actions)
      for (let i = 0; i < batch; i++) {
        rewards[i] -= rules.keyPenalty * collected[i]
        hidden.visit(i)
        count(i)
      }
    },
    saveState: () => keys.saveState().map((state, i) => Uint8Array.from([...state, ...hidden.bitsOf(i)])),
    restoreState(levels, states) {
      const own = states.map((state) => state.subarray(0, -hiddenBytes))
      keys.restoreState(levels, own)
      for (const [i, level] of levels.entries()) {
        place(i, level)
        hidden.resume(i, states[i].subarray(-hiddenBytes))
        if (keys.steps[i] > 0) count(i)
      }
    },
  }
}
