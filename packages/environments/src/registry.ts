import { corner } from './corner/corner.ts'
import { dish } from './dish/dish.ts'
import type { Environment } from './environment.ts'
import { followMe } from './follow-me/follow-me.ts'
import { goalCycle } from './goal-cycle/goal-cycle.ts'
import { keys } from './keys/keys.ts'
import { lavaLand } from './lava-land/lava-land.ts'
import { monsterWorld } from './monster-world/monster-world.ts'
import { treeGridworld } from './tree-gridworld/tree-gridworld.ts'

/** Adding an environment: its folder, and one line here. */
const registry: readonly Environment[] = [
  corner,
  dish,
  followMe,
  goalCycle,
  keys,
  lavaLand,
  monsterWorld,
  treeGridworld,
]

/** All environments, by name. */
export const environments: ReadonlyMap<string, Environment> = new Map(
  registry.map((environment) => [environment.name, environment]),
)
