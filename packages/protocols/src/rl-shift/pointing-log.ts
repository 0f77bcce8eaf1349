import { z } from 'zod'

const schema = z.strictObject({
  format: z.literal(1),
  /** Of the observations. */
  columns: z.int().min(1),
  /** By level of the suite: row · columns + column of the cell that the goal module points at when an episode begins. */
  pointed: z.array(z.int().min(0)).readonly(),
  /** And of the goal, as it is seen. */
  goals: z.array(z.int().min(0)).readonly(),
})
export type PointingLog = Omit<z.infer<typeof schema>, 'format'>

/** Where one goal module points on one suite, as a file. */
export function encodePointing(log: PointingLog): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ format: 1, ...log }))
}

/** The inverse. Throws for anything else. */
export function decodePointing(bytes: Uint8Array): PointingLog {
  const { format: _, ...log } = schema.parse(JSON.parse(new TextDecoder().decode(bytes)))
  return log
}
