import type { Way } from '../environment.ts'
import type { CoinrunLevel } from './level.ts'
import { isCoinrunSimulator } from './simulator.ts'

/** By columns from the end. A level is up to 64 wide, most of difficulty 2 are below 25; the permeable wall has 15 columns. */
export const coinrunWay: Way<CoinrunLevel> = {
  axis: 'cells beyond the end',
  from: -20,
  to: 14,
  placeOf(simulator, slot) {
    if (!isCoinrunSimulator(simulator)) throw new TypeError('the way needs a simulator of its own environment')
    const { bodies, endColumn } = simulator.episodes
    return Math.floor(bodies.x[slot]) - endColumn[slot]
  },
}
