import { environments, requireAbility, type Environment } from '@goalpost/environments'
import { expect, test } from 'vitest'
import { findLevel } from './find-level.ts'

const named = (name: string): Environment => {
  const environment = environments.get(name)
  if (environment === undefined) throw new RangeError(`there is no ${name}`)
  return environment
}

test('the level of a picture has long ways to both goals, which are apart after a shift', () => {
  const environment = named('corner')
  const parameters = environment.parameters.parse({})
  const level = findLevel({ environment, parameters, change: { distribution: environment.distributions[1].name } })
  const [goal, proxy] = requireAbility(environment, 'solve')(parameters, level).optimalReturns
  expect(Math.min(goal, proxy)).toBeGreaterThan(0)
  expect(Math.max(goal, proxy)).toBeLessThan(0.999 ** 9)
  expect(Math.abs(goal - proxy)).toBeGreaterThan(1 - 0.999 ** 4)
})

test('in a world without a solver it is the first one', () => {
  const { solve, ...unsolved } = named('corner')
  expect(solve).toBeDefined()
  const parameters = unsolved.parameters.parse({})
  const drawn: unknown[] = []
  const [first, ...others] = unsolved.distributions
  const counting = {
    ...first,
    sample: (...given: Parameters<typeof first.sample>) => drawn[drawn.push(first.sample(...given)) - 1],
  }
  const level = findLevel({
    environment: { ...unsolved, distributions: [counting, ...others] },
    parameters,
    change: {},
  })
  expect(drawn).toHaveLength(1)
  expect(level).toEqual(drawn[0])
})
