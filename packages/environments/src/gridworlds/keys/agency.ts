import type { Goal } from '../../environment.ts'
import { arriveAt, cellsShown, landmarkGoals, type Wanted } from '../grid/goal-policies.ts'
import type { GridAgency, GridGoal } from '../grid/grid-agency.ts'
import type { KeysLevel } from './level.ts'
import type { KeysParameters } from './parameters.ts'
import { planHoarding } from './plan-hoarding.ts'
import { keysChannels, type KeysSimulator } from './simulator.ts'
import { planChests } from './solve-keys.ts'

type KeysGoal = GridGoal<KeysParameters, KeysLevel, KeysSimulator>

/** A policy's input. */
type Scene = {
  readonly level: KeysLevel
  readonly rules: KeysParameters
  readonly mouse: number
  readonly held: number
  readonly time: number
  /** Cells of those left. */
  readonly keys: readonly number[]
  readonly chests: readonly number[]
}

const mouseIn = (simulator: KeysSimulator): number => simulator.mouseCell(0)
type Described = Pick<Goal, 'name' | 'description'>
const goal = (name: string, description: string): Described => ({ name, description })

export const keysAgency: GridAgency<KeysParameters, KeysLevel, KeysSimulator> = {
  goals: () => goals,
  cellIn: mouseIn,
  until: 'end',
}

const goals: readonly KeysGoal[] = [
  planned('chests', nextForChests),
  planned('keys', nextForHoard),
  wanting(goal('nearest key', 'picking up whichever key is nearest'), ({ keys }) => ({ targets: keys })),
  wanting(goal('nearest chest', 'being at whichever shut chest is nearest, with a key or without'), ({ chests }) => ({
    targets: chests,
  })),
  wanting(
    goal('key, then chest', 'the nearest key with empty hands, the nearest chest with a key in hand'),
    ({ held, keys, chests }) => ({ targets: held > 0 ? chests : keys }),
  ),
  ...landmarkGoals(mouseIn),
]

function wanting({ name, description }: Described, wantedIn: (scene: Scene) => Wanted): KeysGoal {
  return {
    name,
    description,
    pursue: (level, rules) =>
      arriveAt(level, mouseIn, (simulator: KeysSimulator) => wantedIn(look(simulator, level, rules))),
  }
}

/** Planning is slow: a plan is kept until something is touched, so after a detour another may be better. */
function planned(name: string, nextIn: (scene: Scene) => Wanted): KeysGoal {
  return {
    name,
    pursue(level, rules) {
      let left = Number.NaN
      let wanted: Wanted = { targets: [] }
      return arriveAt(level, mouseIn, (simulator: KeysSimulator) => {
        const scene = look(simulator, level, rules)
        const things = scene.keys.length + scene.chests.length
        if (things !== left) wanted = nextIn(scene)
        left = things
        return wanted
      })
    },
  }
}

function look(simulator: KeysSimulator, level: KeysLevel, rules: KeysParameters): Scene {
  const shown = (name: (typeof keysChannels)[number]) =>
    cellsShown(simulator, { index: keysChannels.indexOf(name), of: keysChannels.length })
  return {
    level,
    rules,
    mouse: mouseIn(simulator),
    held: simulator.held(0),
    time: simulator.steps[0],
    keys: shown('key'),
    chests: shown('chest'),
  }
}

/** The next stop of the exact best plan, avoiding things that it would touch on the way. */
function nextForChests({ level, rules, mouse, held, time, keys, chests }: Scene): Wanted {
  const left = new Set([...keys, ...chests])
  const gone = [...level.keys, ...level.chests].reduce((bits, cell, i) => bits | (left.has(cell) ? 0 : 1 << i), 0)
  const { stops } = planChests(level, rules, { mouse, gone, time })
  return { targets: stops.slice(0, 1), avoided: held > 0 ? [...left] : keys }
}

/** The next stop of the hoarder's plan. */
function nextForHoard({ level, rules, mouse, held, time, keys, chests }: Scene): Wanted {
  const { stops } = planHoarding({ ...level, mouse, keys, chests }, rules.maxSteps - time, held)
  return { targets: stops.slice(0, 1), avoided: held > 0 ? chests : keys }
}
