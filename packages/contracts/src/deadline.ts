import { z } from 'zod'

const time = z.iso.datetime({ offset: true }).regex(/^2/)
const duration = /^(\d{1,5})([smhd])$/

/** A time with its zone, or how long from now on: `90m`, `36h`, `14d`. */
export const deadline = z
  .string()
  .max(40)
  .refine(
    (text) => duration.test(text) || time.safeParse(text).success,
    'must be a time such as 2027-01-31T18:00:00Z, or how long from now on, such as 90m, 36h or 14d',
  )

const msOf: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** The time that a text accepted by `deadline` names. */
export function readDeadline(text: string, now: Date): Date {
  const [, amount, unit] = duration.exec(text) ?? []
  if (amount === undefined || unit === undefined) return new Date(text)
  return new Date(now.getTime() + Number(amount) * (msOf[unit] ?? 0))
}
