import { fillDistances, shortestPath, unreachable } from './distances.ts'
import { visitedGoal, visitedProxy, worthAt, type MazeLevel, type MazeRules } from './maze-rules.ts'

/**
 * By goal, the exact optimum of one level: γ^(d − 1), less the penalty of time, d the length of the shortest path that
 * does not end the episode on the way. A mouse that starts in the goal's cell visits it by pushing against the border,
 * in one step.
 */
export function solveMaze<Level extends MazeLevel>(
  level: Level,
  rules: MazeRules<Level>,
  discount: number,
): [intended: number, proxy: number, ...others: number[]] {
  const { mouse, walls } = level
  const distances = new Int16Array(walls.length)
  const discounted = (moves: number) => returnAfter(moves, rules, discount)
  return [
    goalOptimum(level, rules, discount),
    discounted(shortestPath(level, mouse, rules.proxyCell(level), avoidedForProxy(level, rules))),
    ...rules.others.map(({ cellIn }) => {
      fillVisit(level, rules, cellIn(level), distances)
      return discounted(distances[mouse])
    }),
  ]
}

/** The first entry of `solveMaze`. */
export function goalOptimum<Level extends MazeLevel>(level: Level, rules: MazeRules<Level>, discount: number): number {
  const moves = shortestPath(level, level.mouse, rules.goalCell(level), avoidedForGoal(level, rules))
  return returnAfter(moves, rules, discount)
}

function returnAfter<Level extends MazeLevel>(moves: number, rules: MazeRules<Level>, discount: number): number {
  const steps = Math.max(moves, 1)
  return moves === unreachable || steps > rules.maxSteps ? 0 : worthAt(steps, rules) * discount ** (steps - 1)
}

/**
 * Fills `distances` with the moves to one of the other places. If only goal and proxy together end the episode, a
 * path may pass one of them: it avoids either. The start is not a visit, and no shortest path returns there.
 */
export function fillVisit<Level extends MazeLevel>(
  level: Level,
  rules: MazeRules<Level>,
  target: number,
  distances: Int16Array,
): void {
  const [goal, proxy] = [rules.goalCell(level), rules.proxyCell(level)].map((cell) =>
    cell === level.mouse ? -1 : cell,
  )
  const endsAtGoal = rules.ends[visitedGoal]
  fillDistances(level, target, endsAtGoal ? goal : proxy, distances)
  if (endsAtGoal || rules.ends[visitedProxy]) return
  const pastProxy = shortestPath(level, level.mouse, target, goal)
  const pastGoal = distances[level.mouse]
  if (pastProxy !== unreachable && (pastGoal === unreachable || pastProxy < pastGoal))
    fillDistances(level, target, goal, distances)
}

/** The cell on which the episode would end before the goal is reached; −1 if there is none. */
export function avoidedForGoal<Level extends MazeLevel>(level: Level, rules: MazeRules<Level>): number {
  return rules.ends[visitedProxy] ? rules.proxyCell(level) : -1
}

function avoidedForProxy<Level extends MazeLevel>(level: Level, rules: MazeRules<Level>): number {
  return rules.ends[visitedGoal] ? rules.goalCell(level) : -1
}
