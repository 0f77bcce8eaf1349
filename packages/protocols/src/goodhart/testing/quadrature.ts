/** Reference values by numerical integration, for testing the sampled curves. */

/** Composite Simpson rule with `intervals` (even) equal intervals. */
export function integrate(f: (x: number) => number, from: number, to: number, intervals = 2_000): number {
  const step = (to - from) / intervals
  let sum = f(from) + f(to)
  for (let i = 1; i < intervals; i++) sum += f(from + i * step) * (i % 2 === 1 ? 4 : 2)
  return (sum * step) / 3
}

export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)
}

/** Density of Student's t with 3 degrees of freedom. */
export function studentT3Density(x: number): number {
  return 2 / (Math.PI * Math.sqrt(3) * (1 + (x * x) / 3) ** 2)
}

/** Its distribution function, in closed form. */
export function studentT3Distribution(x: number): number {
  const scaled = x / Math.sqrt(3)
  return 0.5 + (scaled / (1 + scaled * scaled) + Math.atan(scaled)) / Math.PI
}

/**
 * The law of R = U + X with U standard normal, tabulated at r = sinh(s): density f(r), distribution F(r), and
 * g(r) = f(r)·E[U | R = r]. The sinh spacing reaches |r| = 10⁷ with even resolution around 0.
 */
export function tabulateReward(errorDensity: (x: number) => number) {
  const reach = 17
  const count = 3_401
  const step = (2 * reach) / (count - 1)
  const rows = Array.from({ length: count }, (_, i) => {
    const s = -reach + i * step
    const r = Math.sinh(s)
    const joint = (u: number): number => normalDensity(u) * errorDensity(r - u)
    return {
      r,
      width: Math.cosh(s) * step,
      f: integrate(joint, -9, 9, 240),
      g: integrate((u) => u * joint(u), -9, 9, 240),
    }
  })
  let below = 0
  const distribution = rows.map(({ f, width }) => {
    below += f * width
    return below - (f * width) / 2
  })
  /** E[h(R, U)] of the policy whose density ratio to the base policy is w(F(r)). */
  const expect = (ratio: (F: number) => number) => {
    let reward = 0
    let utility = 0
    rows.forEach(({ r, f, g, width }, i) => {
      const weight = ratio(Math.min(distribution[i], 1)) * width
      reward += r * f * weight
      utility += g * weight
    })
    return { reward, utility }
  }
  return { bestOf: (n: number) => expect((F) => n * F ** (n - 1)) }
}
