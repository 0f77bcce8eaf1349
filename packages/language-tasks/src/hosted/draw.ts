import type { Rng } from '@goalpost/random'

/** A list in another order (Fisher and Yates). */
export function shuffle<Value>(values: readonly Value[], random: Rng): Value[] {
  const shuffled = [...values]
  for (let i = shuffled.length - 1; i > 0; i--) {
    const j = random.integer(i + 1)
    ;[shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]]
  }
  return shuffled
}

export function pick<Value>(values: readonly Value[], random: Rng): Value {
  return values[random.integer(values.length)]
}
