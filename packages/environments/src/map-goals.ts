import type { PerGoal } from './environment.ts'

/** Array.map that keeps the type's guarantee of at least two goals. */
export function mapGoals<From, To>(
  [intended, proxy, ...others]: PerGoal<From>,
  map: (value: From, index: number) => To,
): PerGoal<To> {
  return [map(intended, 0), map(proxy, 1), ...others.map((value, index) => map(value, index + 2))]
}
