import { z } from 'zod'

/** Null where it cannot be known: nothing went wrong, or everything. */
const detection = z.strictObject({
  /** Area under the receiver operating characteristic, by what tells. */
  disagreement: z.number().nullable(),
  entropy: z.number().nullable(),
  /** Share of what went wrong; null if nothing was counted. */
  wrong: z.number().nullable(),
  count: z.int(),
})
export type Detection = z.infer<typeof detection>

const played = z.strictObject({ return: z.number(), proxyReturn: z.number() })

const returns = played.extend({
  /** Share of the steps that the oracle took. */
  helped: z.number(),
})
export type HelpedReturns = z.infer<typeof returns>

const schema = z.strictObject({
  format: z.literal(1),
  steps: detection,
  episodes: detection,
  /** Each one alone. */
  members: z.array(played).readonly(),
  /** By growing share of help: asked where members disagree most, and as often by chance. */
  points: z.array(z.strictObject({ asked: returns, byChance: returns })).readonly(),
})
export type HelpLog = Omit<z.infer<typeof schema>, 'format'>

/** What one ensemble's questions were worth on one suite, as a file. */
export function encodeHelp(log: HelpLog): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ format: 1, ...log }))
}

/** The inverse. Throws for anything else. */
export function decodeHelp(bytes: Uint8Array): HelpLog {
  const { format: _, ...log } = schema.parse(JSON.parse(new TextDecoder().decode(bytes)))
  return log
}
