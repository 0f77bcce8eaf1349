import type { Interval } from './estimate.ts'
import { studentQuantile } from './student.ts'

/** Runs on either side. */
export type Sizes = { readonly left: number; readonly right: number }

/**
 * The interval of P(X > Y) + P(X = Y) / 2 from independent samples of `left` and `right` values: the chances θ at most
 * t standard errors from the `estimate`, with the standard error at θ (Newcombe, Statistics in Medicine 25, 2006, part
 * 2, method 5, after Hanley & McNeil 1982; t with left + right − 2 degrees of freedom in place of z). Unlike the
 * bootstrap it holds at ten seeds and below, and where all pairs agree. Null for fewer than two values on a side.
 */
export function improvementInterval(estimate: number, sizes: Sizes, confidence: number): Interval | null {
  return averageImprovementInterval(estimate, [sizes], confidence)
}

/**
 * The same for the average of this chance over tasks with independent runs; `estimate` is that average. The standard
 * error is the one that the average has if every task has the chance θ: where tasks differ it is smaller, or hardly
 * larger. t has the degrees of freedom of the task with the fewest runs, so that the interval also holds where one side
 * varies more than the other. For new runs on the same tasks, not for other tasks. Null without tasks, too.
 */
export function averageImprovementInterval(
  estimate: number,
  tasks: readonly Sizes[],
  confidence: number,
): Interval | null {
  if (tasks.length === 0 || tasks.some(({ left, right }) => left < 2 || right < 2)) return null
  const degrees = Math.min(...tasks.map(({ left, right }) => left + right - 2))
  const t = studentQuantile(0.5 + confidence / 2, degrees)
  const errorAt = (chance: number): number =>
    Math.hypot(...tasks.map((sizes) => standardError(chance, sizes))) / tasks.length
  const agrees = (chance: number): boolean => Math.abs(estimate - chance) <= t * errorAt(chance)
  return { low: lastAgreeing(estimate, 0, agrees), high: lastAgreeing(estimate, 1, agrees) }
}

function standardError(chance: number, { left, right }: Sizes): number {
  const others = (left + right) / 2 - 1
  const shared = (1 - chance) / (2 - chance) + chance / (1 + chance)
  return Math.sqrt((chance * (1 - chance) * (1 + others * shared)) / (left * right))
}

/** Bisection: `agrees` holds near `inside` and stops holding once on the way to `outside`. */
function lastAgreeing(inside: number, outside: number, agrees: (chance: number) => boolean): number {
  let near = inside
  let far = outside
  for (let halving = 0; halving < 60; halving++) {
    const middle = (near + far) / 2
    if (agrees(middle)) near = middle
    else far = middle
  }
  return near
}
