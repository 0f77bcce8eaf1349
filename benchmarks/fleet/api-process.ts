/** The API alone in a process, started by fleet-streams.ts, so that its memory can be measured. */
import { startFleetApi } from './start-api.ts'

process.once('message', async (databaseUrl) => {
  const api = await startFleetApi(String(databaseUrl))
  await api.submit(30)
  process.send?.({ origin: api.origin, headers: api.headers })
})
