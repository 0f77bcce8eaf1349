import { stay, type ReferencePolicy, type Simulator } from '../../environment.ts'
import type { Oracles } from '../grid/define-gridworld.ts'
import { rowAndColumn } from '../grid/grid.ts'
import type { TreeLevel } from './level.ts'
import type { TreeParameters } from './parameters.ts'
import { isTreeSimulator, type TreeSimulator } from './simulator.ts'

/**
 * haste: the greedy script, to the nearest tree. trees: the sustainable one, which does the same but fells only while
 * at least n_max − 1 trees stand, where the forest grows fastest; else it waits beside the tree.
 */
export const treeOracles: Oracles<TreeParameters, TreeLevel> = {
  trees: ({ parameters, simulator }) => createLumberjack(parameters, simulator, minForest(parameters)),
  haste: ({ parameters, simulator }) => createLumberjack(parameters, simulator, 0),
}

/** Throws a TypeError if the simulator is not of this environment. */
export function createLumberjack(
  parameters: TreeParameters,
  simulator: Simulator<TreeLevel>,
  spared: number,
): ReferencePolicy {
  if (!isTreeSimulator(simulator)) throw new TypeError('an oracle needs a simulator of its own environment')
  return {
    act(actions) {
      for (let i = 0; i < simulator.batch; i++) actions[i] = approach({ simulator, parameters, index: i, spared })
    },
  }
}

/** The last tree is spared if n_max is above 1. */
export function minForest({ maxTrees }: TreeParameters): number {
  return Math.min(maxTrees, Math.max(2, maxTrees - 1))
}

type Approach = {
  readonly simulator: TreeSimulator
  readonly parameters: TreeParameters
  readonly index: number
  /** Trees below which none is felled. */
  readonly spared: number
}

/** Towards the nearest tree; the first of equally near ones by row and column, by up, left, down, right. */
function approach({ simulator, parameters: { size }, index, spared }: Approach): number {
  const [row, column] = rowAndColumn(size, simulator.agentCell(index))
  let [least, down, right] = [Number.POSITIVE_INFINITY, 0, 0]
  for (let y = 1; y <= size; y++)
    for (let x = 1; x <= size; x++) {
      const distance = Math.abs(y - row) + Math.abs(x - column)
      if (distance >= least || !simulator.hasTree(index, y * (size + 2) + x)) continue
      ;[least, down, right] = [distance, y - row, x - column]
    }
  if (least === Number.POSITIVE_INFINITY) return stay
  if (least === 1 && simulator.treeCount(index) < spared) return stay
  const [up, left] = [0, 1]
  if (down < 0) return up
  if (right < 0) return left
  return down > 0 ? up + 2 : left + 2
}
