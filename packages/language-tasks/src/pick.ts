import type { Rng } from '@goalpost/random'

/** One item, each with the same probability. */
export function pick<Item>(list: readonly Item[], random: Rng): Item {
  return list[random.integer(list.length)]
}
