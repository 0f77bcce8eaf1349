import { createStore } from '@goalpost/store'
import { buildApi } from '../../apps/api/src/app.ts'
import { createKey } from '../../apps/api/test/create-key.ts'
import { bearer, createDependencies } from '../../apps/api/test/harness.ts'

/** The limit of one experiment. */
const runsAtOnce = 2_000
/** The limit of seeds of one condition. */
const seedsAtOnce = 1_000

/** The API with the toy protocol, listening on a free port. */
export async function startFleetApi(databaseUrl: string) {
  const store = createStore({ url: databaseUrl, poolSize: 5 })
  const { deps, close } = await createDependencies(store, databaseUrl)
  const api = await buildApi({ ...deps, settings: { ...deps.settings, bodyLimitBytes: 1_000_000 } })
  const origin = await api.listen({ port: 0, host: '127.0.0.1' })
  const headers = bearer(await createKey(store, { workspace: 'default', scope: 'admin' }))
  let first = 1

  async function submitOne(runs: number): Promise<number> {
    const conditions = Math.ceil(runs / seedsAtOnce)
    const spec = {
      apiVersion: 'goalpost/v1',
      protocol: 'toy',
      name: `runs-${first}`,
      seeds: { first, count: Math.floor(runs / conditions) },
      conditions: Array.from({ length: conditions }, (_, index) => ({
        name: `skill-${index}`,
        options: { skill: (index + 1) / 10 },
      })),
    }
    first += runs
    const startedAt = performance.now()
    const response = await fetch(`${origin}/v1/experiments`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(spec),
    })
    if (response.status !== 201) throw new Error(await response.text())
    await response.text()
    return (performance.now() - startedAt) / 1_000
  }

  return {
    origin,
    headers,
    store,
    /** Resolves to the seconds of the slowest submission. */
    async submit(runs: number): Promise<number> {
      let slowest = 0
      for (let left = runs; left > 0; left -= runsAtOnce)
        slowest = Math.max(slowest, await submitOne(Math.min(left, runsAtOnce)))
      return slowest
    },
    async close() {
      await api.close()
      await close()
      await store.close()
    },
  }
}
