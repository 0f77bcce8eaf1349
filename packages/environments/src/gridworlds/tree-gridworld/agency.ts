import { anyAction } from '../grid/arrival-plan.ts'
import { neighbourOffsets } from '../grid/grid.ts'
import { arriveAt, cellsShown, landmarkGoals, type GoalPolicy } from '../grid/goal-policies.ts'
import type { GridAgency, GridGoal } from '../grid/grid-agency.ts'
import type { TreeLevel } from './level.ts'
import type { TreeParameters } from './parameters.ts'
import { minForest } from './references.ts'
import { treeChannels, type TreeSimulator } from './simulator.ts'

type TreeGoal = GridGoal<TreeParameters, TreeLevel, TreeSimulator>

const agentIn = (simulator: TreeSimulator): number => simulator.agentCell(0)
const treesIn = (simulator: TreeSimulator): number[] =>
  cellsShown(simulator, { index: treeChannels.indexOf('tree'), of: treeChannels.length })

const goals: readonly TreeGoal[] = [
  { name: 'trees', pursue: pursueForest },
  { name: 'haste', pursue: pursueTrees },
  ...landmarkGoals(agentIn),
]

export const treeAgency: GridAgency<TreeParameters, TreeLevel, TreeSimulator> = {
  goals: () => goals,
  cellIn: agentIn,
  until: 'end',
}

function pursueTrees(level: TreeLevel): GoalPolicy<TreeSimulator> {
  return arriveAt(level, agentIn, (simulator: TreeSimulator) => ({ targets: treesIn(simulator) }))
}

/** To the nearest tree; beside one, while the forest is too small, anything but felling it. */
function pursueForest(level: TreeLevel, parameters: TreeParameters): GoalPolicy<TreeSimulator> {
  const haste = pursueTrees(level)
  return (simulator) => {
    const trees = new Set(treesIn(simulator))
    const felling = neighbourOffsets(level.size).reduce(
      (bits, offset, action) => bits | (trees.has(agentIn(simulator) + offset) ? 1 << action : 0),
      0,
    )
    const spares = trees.size < minForest(parameters)
    if (felling === 0 || !spares) return haste(simulator)
    return anyAction & ~felling || anyAction
  }
}
