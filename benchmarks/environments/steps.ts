/**
 * Goalpost as a contestant: rollouts of random actions. Started by random-steps.ts beside this file, with one JSON
 * argument {environment, parameters} or {naive: true}; see ../learning/serve.ts.
 */
import { serve, type Work } from '../learning/serve.ts'
import { checkFirstRollout, meansOf } from './check-rollout.ts'
import { createNaiveCollector } from './naive-rollout.ts'
import { createCollector, createWorld } from './rollout.ts'

export type StepsRequest = { readonly environment: string; readonly parameters?: unknown; readonly naive?: boolean }

function createWork({ environment, parameters, naive = false }: StepsRequest): Work {
  const version = process.version
  if (naive) {
    const collect = createNaiveCollector(13)
    return { version, run: () => collect(1) }
  }
  const world = createWorld(environment, parameters)
  const { collect, buffer } = createCollector(world)
  collect(1)
  checkFirstRollout(world, buffer)
  return { version, run: () => collect(1), means: () => meansOf(world, buffer) }
}

await serve(createWork(JSON.parse(process.argv[2] ?? '{}') as StepsRequest), 10)
