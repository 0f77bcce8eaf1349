import type { Api } from './route-schemas.ts'

/** Whether this process is about to end. */
export type Drain = {
  isDraining(): boolean
  /**
   * From now on `/readyz` fails, and answers end their connections; resolves when balancers have had time to notice.
   * Of several calls, the one with the earliest end counts.
   */
  begin(ms: number): Promise<void>
}

export function createDrain(): Drain {
  const over = Promise.withResolvers<void>()
  let draining = false
  return {
    isDraining: () => draining,
    begin(ms) {
      draining = true
      const timer = setTimeout(over.resolve, ms)
      // It would keep the process alive.
      void over.promise.then(() => clearTimeout(timer))
      return over.promise
    },
  }
}

/** The next request of a client then comes over a new connection, which a balancer takes to another process. */
export function endConnectionsWhileDraining(app: Api, { isDraining }: Pick<Drain, 'isDraining'>): void {
  app.addHook('onRequest', async (_, reply) => {
    if (isDraining()) reply.header('connection', 'close')
  })
}
