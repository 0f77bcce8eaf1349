/** Something of the intended goal, of the first proxy, and of each further goal. */
export type PerGoal<T> = readonly [intended: T, proxy: T, ...others: T[]]

/** Array.map that keeps what the type knows: that there are at least two goals. */
export function mapGoals<From, To>(
  [intended, proxy, ...others]: PerGoal<From>,
  map: (goal: From, index: number) => To,
): PerGoal<To> {
  return [map(intended, 0), map(proxy, 1), ...others.map((goal, index) => map(goal, index + 2))]
}
