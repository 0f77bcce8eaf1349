import type { SeedGroups } from './estimate.ts'

/** What stands beside an interval over seeds that fall into two groups. */
export function describeGroups({ lower, upper }: SeedGroups): string {
  return `two groups of seeds (${lower} low, ${upper} high): the interval may not cover`
}
