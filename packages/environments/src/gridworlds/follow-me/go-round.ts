import { unreachable } from '../grid/distances.ts'
import { neighbourOffsets } from '../grid/grid.ts'
import { fillLegs, stepOnLeg } from '../grid/legs.ts'
import { shunnedCells, tourCells, type FollowLevel } from './level.ts'
import type { FollowPlan } from './solve-follow.ts'

/**
 * Continues a plan for the proxy after a complete round: round and round in the leader's order, as the leader does.
 * Standing still would earn the proxy as much, but the goal less than following the leader can. Empty if the round is
 * incomplete.
 * @returns at most `most` actions
 */
export function goRound(level: FollowLevel, { stops }: FollowPlan, most: number): number[] {
  const tour = tourCells(level)
  const last = stops.at(-1)
  if (last === undefined || tour.length < 2 || countFollowed(tour, stops) < tour.length) return []
  const shunned = new Uint8Array(level.walls.length)
  for (const cell of shunnedCells(level)) shunned[cell] = 1
  const legs = tour.map((target) => {
    const distances = new Int16Array(level.walls.length)
    fillLegs(level, target, shunned, distances)
    return { target, distances, stops: shunned, offsets: neighbourOffsets(level.size) }
  })
  const actions: number[] = []
  for (let at = 0, cell = last.cell; actions.length < most; at = (at + 1) % legs.length) {
    const leg = legs[at]
    if (leg.distances[cell] === unreachable) break
    for (; cell !== leg.target && actions.length < most; cell += leg.offsets[actions[actions.length - 1]])
      actions.push(stepOnLeg(leg, cell))
  }
  return actions
}

function countFollowed(tour: readonly number[], stops: FollowPlan['stops']): number {
  let followed = 0
  for (const { cell } of stops) if (cell === tour[followed]) followed++
  return followed
}
