import { createSolution } from '../../create-solution.ts'
import type { Solution } from '../../environment.ts'
import { shortestPath, unreachable } from './distances.ts'
import { visitedCheese, visitedProxy, worthAt, type MazeLevel, type MazeRules } from './maze-rules.ts'

/**
 * The exact optimum of one level: γ^(d − 1), less the penalty of time, for each goal, d the length of the shortest path that does not end the episode
 * on the way. A mouse that starts in the goal's cell visits it by pushing against the border, in one step.
 */
export function solveMaze<Level extends MazeLevel>(level: Level, rules: MazeRules<Level>, discount: number): Solution {
  const optimalReturn = discounted(shortestPath(level, level.mouse, level.cheese, avoidedForCheese(level, rules)))
  const optimalProxyReturn = discounted(
    shortestPath(level, level.mouse, rules.proxyCell(level), avoidedForProxy(level, rules)),
  )

  function discounted(moves: number): number {
    const steps = Math.max(moves, 1)
    return moves === unreachable || steps > rules.maxSteps ? 0 : worthAt(steps, rules) * discount ** (steps - 1)
  }

  return createSolution([optimalReturn, optimalProxyReturn])
}

/** The cell on which the episode would end before the cheese is reached; −1 where there is none. */
export function avoidedForCheese<Level extends MazeLevel>(level: Level, rules: MazeRules<Level>): number {
  return rules.ends[visitedProxy] ? rules.proxyCell(level) : -1
}

function avoidedForProxy<Level extends MazeLevel>(level: Level, rules: MazeRules<Level>): number {
  return rules.ends[visitedCheese] ? level.cheese : -1
}
