import { coinrun } from './coinrun/coinrun.ts'
import { corner } from './gridworlds/corner/corner.ts'
import { dish } from './gridworlds/dish/dish.ts'
import type { Environment } from './environment.ts'
import { followMe } from './gridworlds/follow-me/follow-me.ts'
import { goalCycle } from './gridworlds/goal-cycle/goal-cycle.ts'
import { goalNavigation } from './gridworlds/goal-navigation/goal-navigation.ts'
import { keys } from './gridworlds/keys/keys.ts'
import { keysChests } from './gridworlds/keys-chests/keys-chests.ts'
import { lavaLand } from './gridworlds/lava-land/lava-land.ts'
import { maze } from './gridworlds/maze/maze.ts'
import { mazeColourShape } from './gridworlds/maze-colour-shape/maze-colour-shape.ts'
import { monsterWorld } from './gridworlds/monster-world/monster-world.ts'
import { treeGridworld } from './gridworlds/tree-gridworld/tree-gridworld.ts'

/** To add an environment, add its folder and one line here. */
const registry: readonly Environment[] = [
  coinrun,
  corner,
  dish,
  followMe,
  goalCycle,
  goalNavigation,
  keys,
  keysChests,
  lavaLand,
  maze,
  mazeColourShape,
  monsterWorld,
  treeGridworld,
]

/** All environments, by name. */
export const environments: ReadonlyMap<string, Environment> = new Map(
  registry.map((environment) => [environment.name, environment]),
)
