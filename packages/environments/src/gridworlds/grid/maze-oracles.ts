import { stay, type ReferencePolicy, type Simulator } from '../../environment.ts'
import type { CreateOracle } from './define-gridworld.ts'
import { fillDistances, unreachable } from './distances.ts'
import { neighbourOffsets, sideOf } from './grid.ts'
import type { Landmark } from './landmarks.ts'
import { isMazeSimulator, type MazeSimulator } from './maze-simulator.ts'
import { avoidedForGoal, fillVisit } from './solve-maze.ts'
import type { MazeLevel, MazeRules } from './maze-rules.ts'

/** Fills `distances` [(size + 2)²], which a policy descends; all `unreachable` means: stand still. */
type DistanceField<Level> = (level: Level, distances: Int16Array) => void

type Maze<Parameters, Level extends MazeLevel> = {
  /** Of the goal and the proxy. */
  readonly names: readonly [goal: string, proxy: string]
  rulesOf(parameters: Parameters): MazeRules<Level>
  readonly others: readonly Landmark<Level>[]
}

/**
 * By goal, and `either`: the shortest path there. An oracle throws a TypeError if the simulator is not from
 * `createMazeSimulator`.
 */
export function createMazeOracles<Parameters, Level extends MazeLevel>({
  names: [goalName, proxyName],
  rulesOf,
  others,
}: Maze<Parameters, Level>): Readonly<Record<string, CreateOracle<Parameters, Level>>> {
  const walking =
    (fieldOf: (rules: MazeRules<Level>) => DistanceField<Level>): CreateOracle<Parameters, Level> =>
    ({ parameters, simulator, levelOf }) =>
      createWalker(fieldOf(rulesOf(parameters)), mazeOf(simulator), levelOf)
  return {
    [goalName]: walking(toGoal),
    [proxyName]: walking(toProxy),
    either: walking((rules) => nearerOf(toGoal(rules), toProxy(rules))),
    ...Object.fromEntries(others.map((place) => [place.name, walking((rules) => toPlace(rules, place))])),
  }
}

function mazeOf<Level>(simulator: Simulator<Level>): MazeSimulator<Level> {
  if (!isMazeSimulator(simulator)) throw new TypeError('an oracle needs a simulator of its own environment')
  return simulator
}

function toGoal<Level extends MazeLevel>(rules: MazeRules<Level>): DistanceField<Level> {
  return (level, distances) => fillDistances(level, rules.goalCell(level), avoidedForGoal(level, rules), distances)
}

/** It ignores the goal, and may run into it: the reference numbers are counted this way. */
function toProxy<Level extends MazeLevel>(rules: MazeRules<Level>): DistanceField<Level> {
  return (level, distances) => fillDistances(level, rules.proxyCell(level), -1, distances)
}

function toPlace<Level extends MazeLevel>(rules: MazeRules<Level>, { cellIn }: Landmark<Level>): DistanceField<Level> {
  return (level, distances) => fillVisit(level, rules, cellIn(level), distances)
}

/** Walks to the nearer of the two, and to the first if both are equally near. */
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
