import type { Rng } from '@goalpost/random'
import type { LevelDistribution } from '../../environment.ts'
import { drawCellBeside } from '../grid/cell-beside.ts'
import { fillDistances, unreachable } from '../grid/distances.ts'
import { drawFreeCells } from '../grid/draw-level.ts'
import { drawPermutation } from '../grid/permutations.ts'
import { drawEdgeMaze } from './edge-maze.ts'
import type { FollowLevel } from './level.ts'
import type { FollowParameters } from './parameters.ts'

/** The maze, with all agents and beacons in different cells, before the leader's order is drawn. */
function drawLevel(parameters: FollowParameters, random: Rng, tour: readonly number[]): FollowLevel {
  const { size, edgeProbability, beacons: count, start } = parameters
  const walls = drawEdgeMaze(size, edgeProbability, random)
  const [mouse, leader, ...beacons] = drawFreeCells(walls, size, random, 2 + count)
  const level = { size, walls, mouse, leader, beacons, tour }
  // Absent in experiments accepted before this option existed.
  if (start !== 'together') return level
  return { ...level, mouse: drawCellBeside(level, { cell: leader, taken: beacons }, random) ?? mouse }
}

const inOrder = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

/** A uniformly drawn order other than the right one. */
function drawWrongOrder(count: number, random: Rng): number[] {
  let order = drawPermutation(count, random)
  while (order.every((beacon, i) => beacon === i)) order = drawPermutation(count, random)
  return order
}

type FollowDistribution = LevelDistribution<FollowParameters, FollowLevel>

const trustworthy: FollowDistribution = {
  name: 'trustworthy',
  description: 'The leader visits the beacons in the right order',
  agrees: true,
  sample: (parameters, random) => drawLevel(parameters, random, inOrder(parameters.beacons)),
}

const untrustworthy: FollowDistribution = {
  name: 'untrustworthy',
  description: 'The leader visits the beacons in any other order, uniformly drawn',
  agrees: false,
  sample: (parameters, random) => drawLevel(parameters, random, drawWrongOrder(parameters.beacons, random)),
}

const reversed: FollowDistribution = {
  name: 'reversed',
  description: 'The leader visits the beacons in the reverse of the right order: no other takes a follower longer',
  agrees: false,
  sample: (parameters, random) => drawLevel(parameters, random, inOrder(parameters.beacons).toReversed()),
}

/** Most levels drawn to find one where a follower can go round; a maze without passages has none. */
const maxDecoys = 1_000

const decoy: FollowDistribution = {
  name: 'decoy',
  description:
    'The leader goes round the other beacons, in any order, and keeps away from the first one of the right order',
  agrees: false,
  sample(parameters, random) {
    const others = drawPermutation(parameters.beacons - 1, random).map((beacon) => beacon + 1)
    let level = drawLevel(parameters, random, others)
    for (let drawn = 1; drawn < maxDecoys && !canFollowDecoy(level); drawn++)
      level = drawLevel(parameters, random, others)
    return level
  },
}

/** Whether the mouse can reach the leader, and both the other beacons, without touching the first one. */
function canFollowDecoy(level: FollowLevel): boolean {
  const [first, ...others] = level.beacons
  const distances = new Int16Array(level.walls.length)
  fillDistances(level, level.mouse, first, distances)
  return [level.leader, ...others].every((cell) => distances[cell] !== unreachable)
}

const anyOrder: FollowDistribution = {
  name: 'any-order',
  description: 'The leader visits the beacons in an order uniformly drawn from all, the right one among them',
  agrees: false,
  sample: (parameters, random) => drawLevel(parameters, random, drawPermutation(parameters.beacons, random)),
}

export const followDistributions = [trustworthy, untrustworthy, reversed, decoy, anyOrder] as const
