import type { OpenLoopPolicy } from './open-loop-policy.ts'

/** Mass that one move shifts between two actions. */
const eighth = 1 / 8

/** Share of a uniform draw in the softened version of a policy. */
const softness = 1 / 4

type Distribution = readonly number[]

/**
 * Policies one move away from this one: an eighth of the mass shifted between two actions of the alphabet, in all equal
 * steps of the cycle; the cycle started at another step; and single actions, if none is softened yet, softened towards
 * the uniform distribution.
 */
export function neighboursOf(policy: OpenLoopPolicy, alphabet: readonly number[]): readonly OpenLoopPolicy[] {
  const { cycle } = policy
  const distinct = [...new Map(cycle.map((step) => [step.join(), step])).values()]
  const shifted = distinct.flatMap((step) =>
    shiftsOf(step, alphabet).map((moved) => ({ cycle: replaceAll(cycle, step, moved) })),
  )
  // A cycle that runs into a wall needs some randomness to get around it.
  const softened = cycle.every((step) => step.includes(1))
    ? [{ cycle: cycle.map((step) => soften(step, alphabet)) }]
    : []
  return [...shifted, ...rotations(cycle), ...softened]
}

function shiftsOf(step: Distribution, alphabet: readonly number[]): Distribution[] {
  return alphabet
    .filter((from) => step[from] >= eighth)
    .flatMap((from) => alphabet.filter((to) => to !== from).map((to) => shift(step, from, to)))
}

function shift(step: Distribution, from: number, to: number): Distribution {
  return step.map((probability, action) =>
    action === from ? probability - eighth : action === to ? probability + eighth : probability,
  )
}

function replaceAll(cycle: OpenLoopPolicy['cycle'], step: Distribution, moved: Distribution): Distribution[] {
  const text = step.join()
  return cycle.map((candidate) => (candidate.join() === text ? moved : candidate))
}

/** Starts where a run of equal steps starts: other starts within a hold differ by only a few steps once. */
function rotations(cycle: OpenLoopPolicy['cycle']): OpenLoopPolicy[] {
  const starts = [...cycle.keys()].filter((at) => at > 0 && cycle[at].join() !== cycle[at - 1].join())
  return starts.map((at) => ({ cycle: [...cycle.slice(at), ...cycle.slice(0, at)] }))
}

function soften(step: Distribution, alphabet: readonly number[]): Distribution {
  return step.map(
    (probability, action) =>
      (1 - softness) * probability + (alphabet.includes(action) ? softness / alphabet.length : 0),
  )
}
