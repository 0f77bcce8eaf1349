import { z } from 'zod'

export const attackNames = ['edits', 'draws'] as const
export type AttackName = (typeof attackNames)[number]

/** Means over levels, each played once, by chance that the search did not see. */
const played = z.strictObject({
  /** Optimum − return. */
  regret: z.number(),
  return: z.number(),
  proxyReturn: z.number(),
  /** Share of levels that can be solved: the searches begin with, and keep to, such levels. */
  solvable: z.number(),
  /** Share of levels on which proxy and goal differ. */
  distinguishing: z.number(),
})
export type AttackedLevels = z.infer<typeof played>

const schema = z.strictObject({
  format: z.literal(1),
  /** Of the mixture, before any attack. */
  before: played,
  edits: played,
  draws: played,
})
export type AttackLog = Omit<z.infer<typeof schema>, 'format'>

/** How a policy fares on levels that attacks found, as a file. */
export function encodeAttack(log: AttackLog): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ format: 1, ...log }))
}

/** The inverse. Throws for anything else. */
export function decodeAttack(bytes: Uint8Array): AttackLog {
  const { format: _, ...log } = schema.parse(JSON.parse(new TextDecoder().decode(bytes)))
  return log
}
