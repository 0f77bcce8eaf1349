import { sampleMixture, type Environment, type OptimalReturns, type ShiftChange } from '@goalpost/environments'
import { createStream } from '@goalpost/random'

/** Levels searched for a good picture. */
const candidates = 100

export type World = { readonly environment: Environment; readonly parameters: unknown; readonly change: ShiftChange }

function drawLevel({ environment, parameters, change }: World, index: number): unknown {
  const stream = createStream(1).named('pictures')
  const chosen = environment.distributions.findIndex(({ name }) => name === change.distribution)
  if (chosen < 2) return sampleMixture({ environment, parameters, alpha: Math.max(0, chosen) }, stream, index)
  return environment.distributions[chosen].sample(parameters, stream.at(index))
}

/**
 * The first level on which both goals can be reached on long enough paths, else the first level; also in a world without
 * a solver.
 */
export function findLevel(world: World): unknown {
  const { environment, parameters, change } = world
  const solver = environment.solve
  if (solver === undefined) return drawLevel(world, 0)
  const { discount } = environment.horizon(parameters)
  const levels = Array.from({ length: candidates }, (_, index) => drawLevel(world, index))
  const solutions = new Map<number, OptimalReturns>()
  const solve = (index: number) => {
    const optima = solutions.get(index) ?? solver(parameters, levels[index]).optimalReturns
    solutions.set(index, optima)
    return optima
  }
  const reached = (index: number) => Math.min(solve(index)[0], solve(index)[1]) > 0
  const apart = (index: number) =>
    change.distribution === undefined || Math.abs(solve(index)[0] - solve(index)[1]) > 1 - discount ** 4
  const long = (index: number) => Math.max(solve(index)[0], solve(index)[1]) < discount ** 9
  const indices = [...levels.keys()]
  const found =
    indices.find((index) => reached(index) && apart(index) && long(index)) ?? indices.slice(0, 10).find(reached) ?? 0
  return levels[found]
}
