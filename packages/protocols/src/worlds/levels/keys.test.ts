import { environments } from '@goalpost/environments'
import { expect, test } from 'vitest'
import { keysOf } from './keys.ts'

test.each([...environments])(
  'every action of %s has a key, and every key an action; q stays free',
  (_, { actions }) => {
    const names = actions.map(({ name }) => name)
    const keys = keysOf(names)
    expect([...new Set(Object.values(keys))].toSorted()).toEqual([...names, 'stay'].toSorted())
    expect(keys).not.toHaveProperty('q')
  },
)

test('keys do what they show: arrows and WASD by name, digits by order', () => {
  expect(keysOf(['up', 'left', 'down', 'right'])).toMatchObject({
    up: 'up',
    a: 'left',
    down: 'down',
    d: 'right',
    4: 'right',
  })
  expect(keysOf(['jump-left', 'jump-right'])).toMatchObject({ z: 'jump-left', e: 'jump-right' })
  expect(keysOf(['left', 'wait', 'right', 'jump'])).toMatchObject({ w: 'jump', space: 'jump', s: 'wait', 2: 'wait' })
})
