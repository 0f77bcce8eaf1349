import { createStream } from '@goalpost/random'
import { describe } from 'vitest'
import type { Environment } from '../src/environment.ts'
import { sampleMixture } from '../src/mixture.ts'
import { applyShift, type ShiftedWorld } from '../src/shift.ts'
import { allocationGuarantees } from './conformance/allocation.ts'
import { catalogGuarantees } from './conformance/catalog.ts'
import { designGuarantees } from './conformance/design.ts'
import { goalGuarantees } from './conformance/goals.ts'
import { levelGuarantees } from './conformance/levels.ts'
import { objectGuarantees } from './conformance/objects.ts'
import { simulatorGuarantees } from './conformance/simulator.ts'
import { shiftGuarantees, solverGuarantees } from './conformance/solver.ts'
import type { Game } from './play.ts'

const count = 60

/** The contract of every environment for its users; `given` are its parameters, if not the defaults. */
export function environmentConformance(environment: Environment, given: Record<string, unknown> = {}): void {
  const parameters = environment.parameters.parse(given)
  const game = drawGame(environment, parameters, environment.distributions.length > 1 ? 0.5 : 0)

  describe(`${environment.name} ${JSON.stringify(given)}`, () => {
    catalogGuarantees(environment)
    levelGuarantees(game)
    simulatorGuarantees(game)
    solverGuarantees(game)
    goalGuarantees(game)
    objectGuarantees(game)
    designGuarantees(game)
    if (Object.keys(given).length > 0) return
    allocationGuarantees(game)
    for (const shift of environment.shifts) {
      const world = applyShift(environment, given, shift)
      const shifted = drawShifted(environment, world)
      describe(`shift ${shift.name}`, () => {
        simulatorGuarantees(shifted)
        solverGuarantees(shifted)
        goalGuarantees(shifted)
        objectGuarantees(shifted)
        if (!shift.agrees) shiftGuarantees(shifted)
      })
    }
  })
}

function drawGame(environment: Environment, parameters: unknown, alpha: number): Game<unknown, unknown> {
  const stream = createStream(7).named('conformance')
  const levels = Array.from({ length: count }, (_, i) => sampleMixture({ environment, parameters, alpha }, stream, i))
  return { environment, parameters, alpha, levels, stream }
}

function drawShifted(environment: Environment, world: ShiftedWorld<unknown>): Game<unknown, unknown> {
  const { parameters, distribution } = world
  const source = environment.distributions.findIndex(({ name }) => name === distribution)
  const game = drawGame(environment, parameters, source === 1 ? 1 : 0)
  if (source < 2) return game
  // Further distributions are not mixed into training: they are drawn from directly.
  const sample = (i: number) => environment.distributions[source].sample(parameters, game.stream.at(i))
  return { ...game, levels: Array.from({ length: count }, (_, i) => sample(i)) }
}
