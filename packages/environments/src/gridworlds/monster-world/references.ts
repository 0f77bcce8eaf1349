import type { ReferencePolicy, Simulator } from '../../environment.ts'
import type { Oracles } from '../grid/define-gridworld.ts'
import type { MonsterLevel } from './level.ts'
import { chooseHarvest, chooseShield, createObserver, type Scene } from './oracle.ts'
import type { MonsterParameters } from './parameters.ts'
import { isMonsterSimulator } from './simulator.ts'

export const monsterOracles: Oracles<MonsterParameters, MonsterLevel> = {
  apples: (game) => createMonsterOracle(chooseHarvest, game),
  shields: (game) => createMonsterOracle(chooseShield, game),
}

type Game = { readonly simulator: Simulator<MonsterLevel>; readonly levelOf: (index: number) => MonsterLevel }

/** Throws a TypeError if the simulator is not of this environment. */
export function createMonsterOracle(choose: (scene: Scene) => number, { simulator, levelOf }: Game): ReferencePolicy {
  if (!isMonsterSimulator(simulator)) throw new TypeError('an oracle needs a simulator of its own environment')
  const sceneOf = createObserver(simulator, levelOf)
  return {
    act(actions) {
      for (let i = 0; i < simulator.batch; i++) actions[i] = choose(sceneOf(i))
    },
  }
}
