import type { Queries } from '../database/open-database.ts'

export const keysChannel = 'goalpost_keys'

/** Makes every API process forget the keys it remembers; delivered with the commit. */
export async function signalKeys(queries: Queries): Promise<void> {
  await queries.$executeRaw`SELECT pg_notify(${keysChannel}, '')`
}
