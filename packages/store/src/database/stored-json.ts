import type { Prisma } from '../generated/client.ts'

/**
 * A JSON column as the type that was written to it. This package validated rows when it stored them; they
 * are not parsed again, because today's strict schemas would refuse rows of earlier versions.
 */
export function fromStored<Stored>(value: Prisma.JsonValue): Stored {
  return value as Stored
}

/** Prisma's input type takes no interfaces and no read-only lists. Stored JSON has neither. */
export function toStored(value: object): Prisma.InputJsonObject {
  return value as Prisma.InputJsonObject
}
