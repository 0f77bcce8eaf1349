import { stay, type ReferencePolicy, type Simulator } from '../../environment.ts'
import type { MainReference } from '../../oracles.ts'
import { fillDistances, unreachable } from './distances.ts'
import { gridActions, neighbourOffsets, sideOf } from './grid.ts'
import { isMazeSimulator, type MazeSimulator } from './maze-simulator.ts'
import { avoidedForCheese } from './solve-maze.ts'
import type { MazeLevel, MazeRules } from './maze-rules.ts'

type MazeReferenceOptions<Level extends MazeLevel> = {
  readonly rules: MazeRules<Level>
  readonly simulator: Simulator<Level>
  readonly levelOf: (index: number) => Level
  /** The best that a policy which sees nothing can do towards the proxy. */
  readonly createBlind: (batch: number) => ReferencePolicy
}

/** Throws a TypeError where the simulator is not one of `createMazeSimulator`. */
export function createMazeReference<Level extends MazeLevel>(
  name: MainReference,
  { rules, simulator, levelOf, createBlind }: MazeReferenceOptions<Level>,
): ReferencePolicy {
  if (name === 'random') return createRandomWalker(simulator.batch)
  if (name === 'blind') return createBlind(simulator.batch)
  if (!isMazeSimulator(simulator)) throw new TypeError('an oracle needs a simulator of its own environment')
  return createWalker(oracleFields(rules)[name], simulator, levelOf)
}

/** Fills `distances` [(size + 2)²] with what a policy walks down; all `unreachable` means: stand still. */
type DistanceField<Level> = (level: Level, distances: Int16Array) => void

/** The distances to the goal that each oracle walks to. */
function oracleFields<Level extends MazeLevel>(
  rules: MazeRules<Level>,
): Record<Exclude<MainReference, 'random' | 'blind'>, DistanceField<Level>> {
  const toCheese: DistanceField<Level> = (level, distances) =>
    fillDistances(level, level.cheese, avoidedForCheese(level, rules), distances)
  // The oracle of the proxy has no regard for the cheese, and may run into it: the reference numbers count it so.
  const toProxy: DistanceField<Level> = (level, distances) =>
    fillDistances(level, rules.proxyCell(level), -1, distances)
  return { 'true-oracle': toCheese, 'proxy-oracle': toProxy, 'either-oracle': nearerOf(toCheese, toProxy) }
}

/** Walks to whichever of the two is nearer, and to the first where both are equally near. */
function nearerOf<Level extends MazeLevel>(
  first: DistanceField<Level>,
  second: DistanceField<Level>,
): DistanceField<Level> {
  return (level, distances) => {
    second(level, distances)
    const toSecond = distances[level.mouse]
    first(level, distances)
    const toFirst = distances[level.mouse]
    if (toFirst === unreachable || (toSecond !== unreachable && toSecond < toFirst)) second(level, distances)
  }
}

/** Walks down a field of distances, trying up, left, down, right in this order, and stays where it is lowest. */
function createWalker<Level extends MazeLevel>(
  field: DistanceField<Level>,
  simulator: MazeSimulator<Level>,
  levelOf: (index: number) => Level,
): ReferencePolicy {
  const known: (Level | undefined)[] = Array.from({ length: simulator.batch })
  const fields = Array.from(known, () => new Int16Array(sideOf(simulator.size) ** 2))
  const offsets = neighbourOffsets(simulator.size)

  function fieldOf(index: number): Int16Array {
    const level = levelOf(index)
    if (known[index] !== level) {
      known[index] = level
      field(level, fields[index])
    }
    return fields[index]
  }

  return {
    act(actions) {
      for (let i = 0; i < simulator.batch; i++) actions[i] = downhill(fieldOf(i), simulator.mouseCell(i), offsets)
    },
  }
}

function downhill(distances: Int16Array, cell: number, offsets: readonly number[]): number {
  const nearer = distances[cell] - 1
  if (nearer < 0) return stay
  let action = 0
  while (distances[cell + offsets[action]] !== nearer) action++
  return action
}

/** Every action with equal probability. */
export function createRandomWalker(batch: number): ReferencePolicy {
  return createFlipper(batch, gridActions.length)
}

/** Up or left by the flip of a coin: the shortest way to the top-left corner for somebody who sees nothing. */
export function createBlindCornerSeeker(batch: number): ReferencePolicy {
  return createFlipper(batch, 2)
}

function createFlipper(batch: number, actionCount: number): ReferencePolicy {
  return {
    act(actions, uniform) {
      for (let i = 0; i < batch; i++) actions[i] = Math.floor(uniform(i) * actionCount)
    },
  }
}
