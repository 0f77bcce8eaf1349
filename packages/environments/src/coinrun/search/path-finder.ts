import { actionDirections, actionJumps } from '../actions.ts'
import { createBodies, halfHeight, type Bodies } from '../body.ts'
import type { CoinrunLevel } from '../level.ts'
import { createMotion, jumpSpeed, maxSpeed, moveBody } from '../move-body.ts'
import { createTerrain, lavaBit, layTerrain, sawBit } from '../terrain.ts'
import { touchedBits } from '../touch.ts'
import type { Walkers } from '../walkers.ts'
import { createOpenList } from './open-list.ts'
import { createStateSet, type Grain } from './state-set.ts'
import { createWalkerTimeline } from './walker-timeline.ts'

/** How thoroughly to search. */
export type Effort = Grain & {
  /** Steps for which an action is held. */
  readonly hold: number
  /** States after which the search gives up. */
  readonly most: number
  /** 1 finds the shortest of these paths; more finds a somewhat longer one sooner. */
  readonly greed: number
}

export type PathRequest = {
  readonly level: CoinrunLevel
  /** Where to begin: a body and walkers by slot. */
  readonly bodies: Bodies
  readonly walkers: Walkers
  readonly slot: number
  /** The cell to go to, the bit that it has, and bits that must not be touched. */
  readonly cell: number
  readonly goal: number
  readonly avoid: number
  readonly maxSteps: number
}

const deadly = lavaBit | sawBit
const [wait, jump] = [1, 4]

/**
 * A search for a short path with the physics of the game, by A* over states. Everything it needs is allocated once;
 * `capacity` is the largest `most`.
 */
export function createPathFinder(capacity: number) {
  const map = createTerrain(1)
  const first = map.at(0, 0, 0)
  const motion = createMotion(map)
  const [open, seen] = [createOpenList(capacity + 1), createStateSet()]
  const timeline = createWalkerTimeline(map, first)
  const nodes = createBodies(capacity + 1)
  const [parents, times] = [new Int32Array(capacity + 1), new Int32Array(capacity + 1)]
  const actions = new Uint8Array(capacity + 1)
  let count = 0

  function copyBody(from: Bodies, index: number, to: number): void {
    nodes.x[to] = from.x[index]
    nodes.y[to] = from.y[index]
    nodes.vx[to] = from.vx[index]
    nodes.vy[to] = from.vy[index]
    nodes.supported[to] = from.supported[index]
  }

  function begin({ level, bodies, walkers, slot }: PathRequest): void {
    layTerrain(map, 0, level)
    timeline.begin(walkers, slot)
    open.clear()
    seen.clear()
    copyBody(bodies, slot, 0)
    times[0] = 0
    parents[0] = -1
    count = 1
    open.push(0, 0)
  }

  /** Moves node `count` by one held action from its parent's state: 1 at the goal, −1 if that fails, else 0. */
  function advance(parent: number, action: number, { goal, avoid, maxSteps }: PathRequest, hold: number): -1 | 0 | 1 {
    copyBody(nodes, parent, count)
    parents[count] = parent
    actions[count] = action
    for (let step = 1; step <= hold; step++) {
      const time = times[parent] + step
      if (time > maxSteps) return -1
      moveBody(motion, nodes, count, first, actionDirections[action], step === 1 && actionJumps[action] === 1)
      const touched = touchedBits(map, nodes, count, first)
      times[count] = time
      if ((touched & avoid) !== 0) return -1
      if ((touched & goal) !== 0) return 1
      if ((touched & deadly) !== 0 || timeline.touches(time, nodes, count)) return -1
    }
    return 0
  }

  /** Steps from the start to the goal by way of this node: at least that many, if `greed` is 1. */
  function estimate(index: number, { cell, level }: PathRequest, greed: number): number {
    const across = Math.abs((cell % level.width) + 0.5 - nodes.x[index]) - 1
    const up = Math.floor(cell / level.width) - nodes.y[index] - halfHeight
    return times[index] + greed * Math.max(0, across / maxSpeed, up / jumpSpeed)
  }

  function pathTo(node: number): Uint8Array {
    const path = new Uint8Array(times[node])
    for (let at = node; parents[at] >= 0; at = parents[at]) {
      const begun = times[parents[at]]
      path.fill(actions[at] > 2 ? actions[at] - (jump - wait) : actions[at], begun, times[at])
      path[begun] = actions[at]
    }
    return path
  }

  /** The actions of a path, one for each step; null if none was found. */
  function find(request: PathRequest, effort: Effort): Uint8Array | null {
    begin(request)
    for (let node = open.pop(); node >= 0; node = open.pop()) {
      const choices = nodes.supported[node] === 1 ? actionDirections.length : jump - 1
      for (let action = 0; action < choices; action++) {
        if (count > effort.most) return null
        const outcome = advance(node, action, request, effort.hold)
        if (outcome === 1) return pathTo(count)
        if (outcome < 0 || !seen.addState(nodes, count, times[count], effort)) continue
        open.push(count, estimate(count, request, effort.greed))
        count++
      }
    }
    return null
  }

  return { find }
}
