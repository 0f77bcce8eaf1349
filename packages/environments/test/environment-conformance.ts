import { createStream } from '@goalpost/random'
import { describe } from 'vitest'
import type { Environment } from '../src/environment.ts'
import { sampleMixture } from '../src/mixture.ts'
import { applyShift } from '../src/shift.ts'
import { allocationGuarantees } from './conformance/allocation.ts'
import { catalogueGuarantees } from './conformance/catalogue.ts'
import { levelGuarantees } from './conformance/levels.ts'
import { simulatorGuarantees } from './conformance/simulator.ts'
import { shiftGuarantees, solverGuarantees } from './conformance/solver.ts'
import type { Game } from './play.ts'

const count = 60

/** What everybody above relies on, of every environment; `given` are its parameters, where not the defaults. */
export function environmentConformance(environment: Environment, given: Record<string, unknown> = {}): void {
  const parameters = environment.parameters.parse(given)
  const game = drawGame(environment, parameters, environment.distributions.length > 1 ? 0.5 : 0)

  describe(`${environment.name} ${JSON.stringify(given)}`, () => {
    catalogueGuarantees(environment)
    levelGuarantees(game)
    simulatorGuarantees(game)
    solverGuarantees(game)
    if (Object.keys(given).length > 0) return
    allocationGuarantees(game)
    for (const shift of environment.shifts) {
      const world = applyShift(environment, given, shift)
      const source = environment.distributions.findIndex(({ name }) => name === world.distribution)
      const shifted = drawGame(environment, world.parameters, source === 1 ? 1 : 0)
      describe(`shift ${shift.name}`, () => {
        simulatorGuarantees(shifted)
        solverGuarantees(shifted)
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
