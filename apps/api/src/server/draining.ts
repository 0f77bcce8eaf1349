import type { Api } from './route-schemas.ts'

/** Whether this process is about to end. */
export type Drain = {
  isDraining(): boolean
  /** From now on `/readyz` fails, and answers end their connections; resolves when balancers have had time to notice. */
  begin(ms: number): Promise<void>
}

export function createDrain(): Drain {
  let draining = false
  return {
    isDraining: () => draining,
    begin(ms) {
      draining = true
      return ms === 0 ? Promise.resolve() : new Promise((resolve) => void setTimeout(resolve, ms))
    },
  }
}

/** The next request of a client then comes over a new connection, which a balancer takes to another process. */
export function endConnectionsWhileDraining(app: Api, { isDraining }: Pick<Drain, 'isDraining'>): void {
  app.addHook('onRequest', async (_, reply) => {
    if (isDraining()) reply.header('connection', 'close')
  })
}
