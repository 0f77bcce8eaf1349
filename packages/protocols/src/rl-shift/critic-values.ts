import type { PlacedValue } from '@goalpost/evaluation'
import { z } from 'zod'

const schema = z.strictObject({
  format: z.literal(1),
  places: z.array(z.strictObject({ place: z.int(), value: z.number(), episodes: z.int().min(1) })).readonly(),
})

/** A critic's values by place, as a file. */
export function encodeCritic(places: readonly PlacedValue[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ format: 1, places }))
}

/** The inverse. Throws for anything else. */
export function decodeCritic(bytes: Uint8Array): readonly PlacedValue[] {
  return schema.parse(JSON.parse(new TextDecoder().decode(bytes))).places
}
