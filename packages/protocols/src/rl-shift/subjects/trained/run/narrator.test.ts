import { environments } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { environmentOf } from '../../../../worlds/environment-of.ts'
import { narratorFor } from './narrator.ts'

const corner = environmentOf('corner')
const parameters = corner.parameters.parse({ size: 3 })
const narrator = narratorFor(corner, parameters)
const level = corner.parseLevel!(parameters, ['#####', '#..c#', '#.#.#', '#..@#', '#####'].join('\n'))

test('an episode is told with its level, its actions, and the goals that it reached', () => {
  const text = narrator.describe({ level, actions: [0, 0], reached: [[2], []], end: 'rules' })
  expect(text).toBe(
    [
      'World: Cheese in the corner.',
      'Level:',
      corner.printLevel!(parameters, level),
      `Actions: ${corner.actions[0]!.name}, ${corner.actions[0]!.name}.`,
      'Goal “get the cheese”: reached at step 2.',
      'Goal “go to the corner”: not reached.',
      'Ended by the rules after 2 steps.',
    ].join('\n'),
  )
})

test('without its outcomes, an episode is told with its level and its actions alone', () => {
  const hidden = narratorFor(corner, parameters, 'hidden')
  const tell = (reached: readonly [number[], number[]]) =>
    hidden.describe({ level, actions: [0, 0], reached, end: 'rules' })
  expect(tell([[2], [1]])).toBe(tell([[], []]))
  expect(tell([[2], [1]])).toContain(corner.printLevel!(parameters, level))
  expect(tell([[2], [1]])).not.toContain('Goal')
})

test.each([...environments.values()].map(({ name }) => name))(
  '%s: a text claims the goals that were reached, and no other',
  (name) => {
    const environment = environmentOf(name)
    const defaults = environment.parameters.parse({})
    const drawn = environment.distributions[0]!.sample(defaults, createStream(1).at(0))
    const { claims, describe } = narratorFor(environment, defaults)
    const tell = (intended: readonly number[], proxy: readonly number[]) => {
      const text = describe({ level: drawn, actions: [0], reached: [intended, proxy], end: 'limit' })
      return claims.map((claim) => text.includes(claim))
    }
    expect(tell([], [])).toEqual([false, false])
    expect(tell([1], [])).toEqual([true, false])
    expect(tell([], [1])).toEqual([false, true])
    expect(tell([1, 3], [2])).toEqual([true, true])
  },
)
