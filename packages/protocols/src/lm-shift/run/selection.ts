import { z } from 'zod'

export const selectionArtifact = 'selection'

const selection = z.strictObject({ samples: z.number().int().min(1) })
/** The answer with the highest reward of so many sampled ones. */
export type Selection = z.infer<typeof selection>

export function encodeSelection(given: Selection): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(given))
}

/** @throws SyntaxError or ZodError for other bytes */
export function parseSelection(bytes: Uint8Array): Selection {
  return selection.parse(JSON.parse(new TextDecoder().decode(bytes)))
}

/**
 * The distribution of the best of n samples, exactly: F(x)ⁿ − F(<x)ⁿ, with F the distribution of one sample in order of
 * reward. probabilities and rewards: [m], one for each candidate; probabilities are scaled to add up to 1.
 */
export function bestOf(probabilities: readonly number[], rewards: readonly number[], { samples }: Selection): number[] {
  const total = probabilities.reduce((sum, value) => sum + value, 0)
  const order = rewards.map((_reward, i) => i).toSorted((a, b) => rewards[a] - rewards[b])
  const selected = probabilities.map(() => 0)
  let below = 0
  for (const i of order) {
    const upTo = Math.min(below + probabilities[i] / total, 1)
    selected[i] = upTo ** samples - below ** samples
    below = upTo
  }
  return selected
}
