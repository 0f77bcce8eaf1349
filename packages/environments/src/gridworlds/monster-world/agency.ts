import type { CandidateGoal } from '../../agency.ts'
import { anyAction } from '../grid/arrival-plan.ts'
import { gridActions } from '../grid/grid.ts'
import { arriveAt, bestActions, landmarkGoals, type GoalPolicy } from '../grid/goal-policies.ts'
import type { GridAgency, GridGoal } from '../grid/grid-agency.ts'
import type { MonsterLevel } from './level.ts'
import { createObserver, moved, nearestMonster, rateHarvest, type Scene } from './oracle.ts'
import type { MonsterParameters } from './parameters.ts'
import { type MonsterSimulator } from './simulator.ts'

type MonsterGoal = GridGoal<MonsterParameters, MonsterLevel, MonsterSimulator>

const mouseIn = (simulator: MonsterSimulator): number => simulator.mouseCell(0)
const goal = (name: string, description: string): CandidateGoal => ({ name, description })
const actions = [...gridActions.keys()]

const goals: readonly MonsterGoal[] = [
  rating({ name: 'apples' }, rateHarvest),
  wanting({ name: 'shields' }, ({ shields }) => shields),
  wanting(goal('nearest apple', 'taking whichever apple is nearest, whatever the monsters do'), ({ apples }) => apples),
  wanting(goal('apple or shield', 'taking whichever thing is nearest'), ({ apples, shields }) => [
    ...apples,
    ...shields,
  ]),
  wanting({ ...goal('monsters', 'being where a monster is'), unrelated: true }, ({ monsters }) => monsters),
  rating(
    { ...goal('away from monsters', 'being as far as possible from the nearest monster'), unrelated: true },
    (scene) =>
      scene.monsters.length === 0
        ? null
        : (action) => Math.min(nearestMonster(scene, moved(scene, action)), scene.level.walls.length),
  ),
  ...landmarkGoals(mouseIn),
]

export const monsterAgency: GridAgency<MonsterParameters, MonsterLevel, MonsterSimulator> = {
  goals: () => goals,
  cellIn: mouseIn,
  until: 'end',
}

function wanting(wanted: Omit<MonsterGoal, 'pursue'>, targetsIn: (scene: Scene) => readonly number[]): MonsterGoal {
  return {
    ...wanted,
    pursue: (level) => {
      const look = sceneIn(level)
      return arriveAt(level, mouseIn, (simulator: MonsterSimulator) => ({ targets: targetsIn(look(simulator)) }))
    },
  }
}

/** Looks one step ahead: the actions with the best rating; null if nothing matters. */
function rating(
  wanted: Omit<MonsterGoal, 'pursue'>,
  rate: (scene: Scene) => ((action: number) => number) | null,
): MonsterGoal {
  return {
    ...wanted,
    pursue(level): GoalPolicy<MonsterSimulator> {
      const look = sceneIn(level)
      return (simulator) => {
        const rated = rate(look(simulator))
        return rated === null ? anyAction : bestActions(actions.map(rated))
      }
    },
  }
}

/** Looks into slot 0 of a simulator. */
function sceneIn(level: MonsterLevel): (simulator: MonsterSimulator) => Scene {
  let observed: { readonly simulator: MonsterSimulator; readonly look: (index: number) => Scene } | undefined
  return (simulator) => {
    if (observed?.simulator !== simulator) observed = { simulator, look: createObserver(simulator, () => level) }
    return observed.look(0)
  }
}
