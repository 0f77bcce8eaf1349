import { stay } from '@goalpost/environments'
import { createStream } from '@goalpost/random'
import { expect, test } from 'vitest'
import { walk } from '../../../test/method-conformance.ts'
import { smallOptions } from '../../../test/train-corridor.ts'
import { demonstrate } from '../../rollout/demonstration.ts'
import { createCloningMethod } from './cloning-method.ts'

test('behavioural cloning plays the demonstrations, so its first return is already the expert’s', async () => {
  const training = await walk(createCloningMethod(smallOptions, { player: 'demonstrator' }))
  const { episodes } = await training.iterate()
  expect(episodes.return).toBeGreaterThan(0.95)
})

test('a corrected policy walks to the goal like the expert', async () => {
  const training = await walk(createCloningMethod(smallOptions, { player: 'policy' }))
  const first = await training.iterate()
  let last = first
  for (let i = 0; i < 30; i++) last = await training.iterate()
  expect(first.episodes.return).toBeLessThan(0.7)
  expect(last.episodes.return).toBeGreaterThan(0.9)
  expect(last.series['cross-entropy']).toBeLessThan(0.5 * Number(first.series['cross-entropy']))
})

test('is refused in a world without a demonstrator', async () => {
  await expect(walk(createCloningMethod(smallOptions, { player: 'policy' }), { expert: null })).rejects.toThrow(
    'no demonstrator',
  )
})

test('an expert that stands still demonstrates nothing', () => {
  const recorded = new Int32Array(4)
  const chosen = Uint8Array.of(1, 1)
  const demonstrator = { act: (actions: Uint8Array) => actions.set([stay, 0]) }
  const uniform = createStream(1)
  demonstrate({ demonstrator, player: 'policy', uniform }, { chosen, recorded, first: 2, counter: 0, actionCount: 2 })
  expect(recorded).toEqual(Int32Array.of(0, 0, 2, 0))
  expect(chosen).toEqual(Uint8Array.of(1, 1))
  demonstrate(
    { demonstrator, player: 'demonstrator', uniform },
    { chosen, recorded, first: 0, counter: 0, actionCount: 2 },
  )
  expect(chosen).toEqual(Uint8Array.of(stay, 0))
})
