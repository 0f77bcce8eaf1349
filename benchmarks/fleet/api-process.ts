/** The API alone in a process, started by fleet-streams.ts, so that its memory can be measured. */
import { startFleetApi } from './start-api.ts'

async function start(databaseUrl: string): Promise<void> {
  const api = await startFleetApi(databaseUrl)
  await api.submit(30)
  process.send?.({ origin: api.origin, headers: api.headers })
}

process.once('message', (databaseUrl) => void start(String(databaseUrl)))
