import type { Solution } from './environment.ts'

/**
 * By the best returns of the goals, the intended one first. It is solvable where that earns anything, unless it is told
 * otherwise.
 */
export function createSolution(
  optimalReturns: readonly [intended: number, proxy: number, ...others: (number | null)[]],
  solvable = optimalReturns[0] > 0,
): Solution {
  const [optimalReturn, optimalProxyReturn] = optimalReturns
  const optimalEitherReturn = Math.max(optimalReturn, optimalProxyReturn)
  return { solvable, optimalReturns, optimalReturn, optimalProxyReturn, optimalEitherReturn }
}
