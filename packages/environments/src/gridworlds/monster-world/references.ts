import type { ReferenceName, ReferencePolicy, Simulator } from '../../environment.ts'
import { findMainReference } from '../../oracles.ts'
import { createRandomWalker } from '../grid/maze-references.ts'
import { monsterGoals } from './goals.ts'
import type { MonsterLevel } from './level.ts'
import { chooseHarvest, chooseShield, createObserver } from './oracle.ts'
import { isMonsterSimulator } from './simulator.ts'

/**
 * Whoever sees nothing can do no better than wander about: things may lie anywhere. The either-oracle has all of one goal,
 * the intended one, as the true-oracle has. Throws a TypeError where the simulator is not one of this environment.
 */
export function createMonsterReference(
  named: ReferenceName,
  simulator: Simulator<MonsterLevel>,
  levelOf: (index: number) => MonsterLevel,
): ReferencePolicy {
  const name = findMainReference(monsterGoals.goals, named)
  if (name === 'random' || name === 'blind') return createRandomWalker(simulator.batch)
  if (!isMonsterSimulator(simulator)) throw new TypeError('an oracle needs a simulator of its own environment')
  const sceneOf = createObserver(simulator, levelOf)
  const choose = name === 'proxy-oracle' ? chooseShield : chooseHarvest
  return {
    act(actions) {
      for (let i = 0; i < simulator.batch; i++) actions[i] = choose(sceneOf(i))
    },
  }
}
