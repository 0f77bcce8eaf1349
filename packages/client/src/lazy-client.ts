import { GoalpostError } from '@goalpost/contracts'
import type { Client } from './create-client.ts'
import { firstMethods } from './first-methods.ts'
import { createHttp, type ClientOptions } from './http.ts'

/** Methods that return a stream instead of a promise. */
type StreamName = {
  [Name in keyof Client]: ReturnType<Client[Name]> extends AsyncGenerator ? Name : never
}[keyof Client]

const streams: Readonly<Record<StreamName, true>> = { watch: true, watchGateRun: true, watchWorkspace: true }

type Later = (...given: readonly unknown[]) => unknown

/**
 * The client of `createClient`, for pages: what a list of experiments needs is there at once, and the code of everything else is
 * loaded when it is first called. Rejects with `unavailable` if that code cannot be loaded.
 */
export function createLazyClient(options: ClientOptions): Client {
  const http = createHttp(options)
  const first = firstMethods(http)
  let loading: Promise<Client> | undefined
  const load = (): Promise<Client> => {
    loading ??= import('./create-client.ts').then(
      ({ createClientOn }) => createClientOn(http),
      (cause: unknown) => {
        loading = undefined
        throw new GoalpostError('unavailable', 'A part of this page could not be loaded', { cause })
      },
    )
    return loading
  }
  const known = new Map<string, unknown>(Object.entries(first))
  const methodOf = (name: string): unknown => {
    const method = known.get(name) ?? (name in streams ? laterStream(load, name) : laterPromise(load, name))
    known.set(name, method)
    return method
  }
  return new Proxy(first as Client, {
    // It must not look like a promise.
    get: (_, name) => (typeof name === 'string' && name !== 'then' ? methodOf(name) : undefined),
  })
}

function laterPromise(load: () => Promise<Client>, name: string): Later {
  return async (...given) => callOf(await load(), name)(...given)
}

function laterStream(load: () => Promise<Client>, name: string): Later {
  return async function* (...given) {
    yield* callOf(await load(), name)(...given) as AsyncGenerator
  }
}

function callOf(client: Client, name: string): Later {
  const method: unknown = client[name as keyof Client]
  if (typeof method !== 'function') throw new TypeError(`The client has no method ${name}`)
  return method as Later
}
