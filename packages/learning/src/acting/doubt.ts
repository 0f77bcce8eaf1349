import type { ActingPolicy } from './policy.ts'

/** How sure several policies are of their action in one state, in nats. */
export type Doubt = {
  /**
   * The entropy of the mean distribution − the mean entropy: what knowing the member would tell about the action
   * (Houlsby et al., 2011, arXiv 1112.5745). 0 if all members have the same distribution.
   */
  readonly disagreement: number
  /** The entropy of the mean distribution, which a single policy has, too. */
  readonly entropy: number
}

/** Reads the distributions from which the members' last actions in a slot were chosen. */
export function createDoubt(
  members: readonly Pick<ActingPolicy, 'distribution'>[],
  actions: number,
): (slot: number) => Doubt {
  const own = new Float64Array(actions)
  const mean = new Float64Array(actions)
  return (slot) => {
    mean.fill(0)
    let within = 0
    for (const member of members) {
      member.distribution(slot, own)
      within += entropyOf(own) / members.length
      for (let a = 0; a < actions; a++) mean[a] += own[a] / members.length
    }
    const entropy = entropyOf(mean)
    // Rounding must not make equal members disagree.
    const between = entropy - within
    return { disagreement: between > 1e-12 ? between : 0, entropy }
  }
}

function entropyOf(distribution: Float64Array): number {
  let entropy = 0
  for (const p of distribution) if (p > 0) entropy -= p * Math.log(p)
  return entropy
}
