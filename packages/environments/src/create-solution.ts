import type { OptimalReturns, Solution } from './environment.ts'

/** `solvable` defaults to whether the intended goal's optimum is positive. */
export function createSolution(optimalReturns: OptimalReturns, solvable = optimalReturns[0] > 0): Solution {
  return { solvable, optimalReturns }
}
